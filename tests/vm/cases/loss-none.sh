# A burst of 500 datagrams: every one is printed, and none is said to be lost.
trace -p udp --dport 5300 -t ip_send_skb
"$traffic/burst" 500 5300
expect_line ':5300, len:508$'
finish
expect_count 500
expect_error_line '500 events printed, 0 lost'
