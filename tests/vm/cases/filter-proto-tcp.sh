# -p tcp: TCP over either IP, nothing else.
two_hosts
trace -p tcp -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 icmp:0' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>80,S' \
  '6:fd09:1::2>fd09:1::9 tcp:1000>80,S'
expect_packet ipv6_rcv 'TCP: [fd09:1::2]:1000 -> [fd09:1::9]:80, seq:1, ack:0 S'
finish
expect_only 'TCP: *'
expect_count 2
