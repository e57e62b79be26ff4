# The same over IPv6.
two_hosts
trace -d fd09:1::1 --dport 8000 --tcp-flags S -t ip6_xmit
"$traffic/talk" tcp left right fd09:1::1 8001 sport=4000
"$traffic/talk" tcp left right fd09:1::1 8000 sport=4000
expect_packet ip6_xmit 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:0 S'
finish
expect_only 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:0 S'
