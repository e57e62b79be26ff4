# A TCP connection between two hosts: handshake, data, end.
two_hosts
trace --port 8000 -p tcp -t tcp,ip_rcv
"$traffic/talk" tcp left right 10.9.1.1 8000 sport=4000 bytes=100
expect_packet ip_rcv 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:* A,F'
finish
expect_packet tcp_v4_rcv 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:0 S'
expect_packet tcp_v4_rcv 'TCP: 10.9.1.1:8000 -> 10.9.1.2:4000, seq:*, ack:* A,S'
expect_packet tcp_v4_rcv 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:* A,P'
expect_packet tcp_v4_rcv 'TCP: 10.9.1.1:8000 -> 10.9.1.2:4000, seq:*, ack:* A'
expect_only 'TCP: 10.9.1.*, seq:*, ack:* *'
