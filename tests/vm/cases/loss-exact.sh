# A ring that is too small: every datagram is printed, or counted as lost; it is told while it happens, and at the end.
trace --buffer-size 4k -p udp --dport 5300 -t ip_send_skb
kill -STOP "${pids[$who]}"
"$traffic/burst" 500 5300
kill -CONT "${pids[$who]}"
expect_error_line 'warning: [0-9]+ lost \([0-9]+ events for want of room in the ring buffer\) so far; .*--buffer-size'
finish
printed=$(($(wc -l <"$dir/trace.out") - 1))
expect [ $printed -lt 500 ]
expect_error_line "$printed events printed, $((500 - printed)) lost"
