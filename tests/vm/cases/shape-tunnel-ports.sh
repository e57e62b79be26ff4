# A tunnel of another protocol has no ports, whatever is in it.
two_hosts
trace --dport 53 -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 4:10.9.1.2>10.9.1.9 udp:1>53' \
  '4:10.9.1.2>10.9.1.9 udp:1>53 4:10.9.1.3>10.9.1.9 udp:1>54'
expect_packet ip_rcv 'UDP: 10.9.1.2:1 -> 10.9.1.9:53, len:36'
finish
expect_only 'UDP: 10.9.1.2:1 -> 10.9.1.9:53, len:36'
expect_count 1
