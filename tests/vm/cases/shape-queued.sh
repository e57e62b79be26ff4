# TCP's own skb, before it has any header or belongs to a socket: the function's socket tells.
two_hosts
trace -d 10.9.1.1 --dport 8000 --tcp-flags S -t __tcp_transmit_skb
"$traffic/talk" tcp left right 10.9.1.1 8001 sport=4000
"$traffic/talk" tcp left right 10.9.1.1 8000 sport=4000
expect_packet __tcp_transmit_skb 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:0 S'
finish
expect_only 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:0 S'
