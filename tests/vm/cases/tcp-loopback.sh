# A TCP connection over loopback, IPv4 and IPv6, a megabyte each.
trace --port 8001 -p tcp -t ip_rcv,ipv6_rcv,tcp_v4_rcv
"$traffic/talk" tcp - - 127.0.0.1 8001 sport=4001 bytes=1000000
"$traffic/talk" tcp - - ::1 8001 sport=4002 bytes=1000000
expect_packet ipv6_rcv 'TCP: [::1]:4002 -> [::1]:8001, seq:*, ack:* A,F'
finish
expect_packet tcp_v4_rcv 'TCP: 127.0.0.1:4001 -> 127.0.0.1:8001, seq:*, ack:* A,P'
expect_packet ipv6_rcv 'TCP: [::1]:8001 -> [::1]:4002, seq:*, ack:* A,S'
expect_only 'TCP: *, seq:*, ack:* *'
