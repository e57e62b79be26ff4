# -p 35020: an ethertype by its number.
two_hosts
trace -p 35020 -t dev_hard_start_xmit
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  'ether:0x88b5' \
  'ether:0x88cc'
expect_packet dev_hard_start_xmit 'LLDP*'
finish
expect_only '*'
expect_count 1
