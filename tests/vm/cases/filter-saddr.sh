# --saddr: the source only, not the destination.
two_hosts
trace --saddr 10.9.1.2 -t ip_rcv
send left veth0 \
  '4:10.9.1.3>10.9.1.1 udp:1000>53' \
  '4:10.9.1.3>10.9.1.2 udp:1000>53' \
  '4:10.9.1.2>10.9.1.1 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.1:53, len:8'
finish
expect_only 'UDP: 10.9.1.2:1000 -> 10.9.1.1:53, len:8'
expect_count 1
