# --count-only counts every hit that matches, and sends nothing; with filters, with --skb-mode, in tables between and at the end.
trace --count-only -p udp --dport 5300 -t ip_send_skb,udp_rcv,consume_skb
"$traffic/burst" 500 5300
"$traffic/burst" 20 5301
finish
expect_line '^[0-9.]+: [0-9]+ hits of [23] functions in [0-9.]+ s$'
expect_line '^ +500  ip_send_skb '
expect_line '^ +500  udp_rcv '
expect_error_line '[0-9]+ hits counted, 0 lost'
expect_no_line 'UDP'
trace --count-only --interval 200ms -t ip_send_skb 'udp dst port 5301'
"$traffic/burst" 500 5300
"$traffic/burst" 30 5301
expect_line '^ +30  ip_send_skb '
expect_line '^[0-9.]+: 0 hits of 0 functions in 0\.[23]'
finish
expect [ "$(grep -c ' 30  ip_send_skb' "$dir/trace.out")" = 2 ] # when they came, and in the sum
two_hosts
trace --count-only --skb-mode -p icmp -s 10.9.1.2 -t ip_rcv,icmp_rcv
at left ping -qc 3 -i 0.1 -W 5 10.9.1.1
finish
expect_line '^ +3  icmp_rcv '
run_to_end --count-only --json --duration 1s -t ip_rcv
expect_schema
expect_line '"type":"counts".*"hits":[0-9]+,"functions":\['
words_refused '--count-only cannot be combined with --timeline' --count-only --timeline
