# The CPU that the packet is handled on.
two_hosts
trace -o cpu -p udp --dport 5300 -t ip_send_skb
taskset -c 0 "$traffic/talk" udp left right 10.9.1.1 5300 sport=4000
taskset -c 1 "$traffic/talk" udp left right 10.9.1.1 5300 sport=4001
expect_packet ip_send_skb 'UDP: 10.9.1.2:4001 -> 10.9.1.1:5300, len:72'
finish
expect_line ': \[cpu:000\]\[ip_send_skb             \]: UDP: 10.9.1.2:4000 -> '
expect_line ': \[cpu:001\]\[ip_send_skb             \]: UDP: 10.9.1.2:4001 -> '
expect_count 2
