# Data outside of the skb's linear part: 60,000 bytes of one TCP send, in pages.
trace --dport 8000 --tcp-flags P -t ip_output,ip_rcv,tcp_v4_rcv
"$traffic/talk" tcp - - 127.0.0.1 8001 sport=4000 bytes=60000
"$traffic/talk" tcp - - 127.0.0.1 8000 sport=4000 bytes=60000
expect_packet tcp_v4_rcv 'TCP: 127.0.0.1:4000 -> 127.0.0.1:8000, seq:*, ack:* A,P'
finish
expect_packet ip_output 'TCP: 127.0.0.1:4000 -> 127.0.0.1:8000, seq:*, ack:* A,P'
expect_only 'TCP: 127.0.0.1:4000 -> 127.0.0.1:8000, seq:*, ack:* A,P'
