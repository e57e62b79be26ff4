# The same over IPv6, with data in the packet.
two_hosts
trace -s fd09:1::2 --port 8000 --tcp-flags P -t __tcp_transmit_skb
"$traffic/talk" tcp left right fd09:1::1 8001 sport=4000
"$traffic/talk" tcp left right fd09:1::1 8000 sport=4000
expect_packet __tcp_transmit_skb 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:* A,P'
finish
expect_only 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:* *P*'
