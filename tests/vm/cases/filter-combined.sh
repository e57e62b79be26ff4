# All filters together: one packet that differs in one thing at a time, and the one that matches.
two_hosts
trace -p tcp -s 10.9.1.2 -d 10.9.1.9 --sport 1000 --dport 80 --tcp-flags S -t ip_rcv
send left veth0 \
  '4:10.9.1.3>10.9.1.9 tcp:1000>80,S' \
  '4:10.9.1.2>10.9.1.8 tcp:1000>80,S' \
  '4:10.9.1.2>10.9.1.9 tcp:1001>80,S' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>81,S' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>80,A' \
  '4:10.9.1.2>10.9.1.9 udp:1000>80 data:40' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>80,S,seq=9'
expect_packet ip_rcv 'TCP: 10.9.1.2:1000 -> 10.9.1.9:80, seq:9, ack:0 S'
finish
expect_only 'TCP: *'
expect_count 1
