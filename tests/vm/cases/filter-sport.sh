# --sport: the source port of TCP or UDP.
two_hosts
trace --sport 1000 -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:53>1000' \
  '4:10.9.1.2>10.9.1.9 tcp:1001>80,S' \
  '4:10.9.1.2>10.9.1.9 proto:132' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>80,S'
expect_packet ip_rcv 'TCP: 10.9.1.2:1000 -> 10.9.1.9:80, seq:1, ack:0 S'
finish
expect_only '*: 10.9.1.2:1000 -> *'
expect_count 2
