# A VLAN tag in the packet, as a device sends it: the packet is found behind the tag.
two_hosts
trace --dport 53 -t dev_hard_start_xmit
send left veth0 \
  'vlan:53 4:10.9.1.2>10.9.1.9 udp:1000>54' \
  'vlan:53 4:10.9.1.2>10.9.1.9 udp:53>1000' \
  'vlan:5 4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet dev_hard_start_xmit 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
expect_only 'UDP: *:53, len:8'
expect_count 1
