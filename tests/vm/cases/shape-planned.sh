# UDP's functions before its header is written: the flow that it will be written by tells the ports.
two_hosts
trace -p udp --dport 5300 -t udp_send_skb,udp_v6_send_skb
who=expression trace -t udp_send_skb,udp_v6_send_skb udp dst port 5300
"$traffic/talk" udp left right 10.9.1.1 5301 sport=4000
"$traffic/talk" udp left right 10.9.1.1 5300 sport=4000
expect_packet udp_send_skb 'UDP: 10.9.1.2:4000 -> 10.9.1.1:5300'
"$traffic/talk" udp left right fd09:1::1 5300 sport=4000
expect_packet udp_v6_send_skb 'UDP: [fd09:1::2]:4000 -> [fd09:1::1]:5300'
finish
expect_count 2
who=expression finish
who=expression expect_count 2
