# The process that sends, by number and name.
two_hosts
trace -o pid -p udp --dport 5300 -t ip_send_skb
"$traffic/talk" udp left right 10.9.1.1 5300 >"$dir/talk"
expect_packet ip_send_skb 'UDP: 10.9.1.2:* -> 10.9.1.1:5300, len:72'
finish
read -r pid _ <"$dir/talk"
expect_line ": \[$(printf 'pid:%-20s' "$pid,talk")\]\[ip_send_skb             \]: "
expect_count 1
