# A datagram over loopback, IPv4 and IPv6.
trace -p udp --port 5301
"$traffic/talk" udp - - 127.0.0.1 5301 sport=4001
"$traffic/talk" udp - - ::1 5301 sport=4001
expect_packet ipv6_rcv 'UDP: [::1]:5301 -> [::1]:4001, len:9'
finish
expect_order 'UDP: 127.0.0.1:4001 -> 127.0.0.1:5301, len:72' ip_output dev_hard_start_xmit ip_rcv udp_rcv
expect_order 'UDP: [::1]:4001 -> [::1]:5301, len:72' ip6_output dev_hard_start_xmit ipv6_rcv ip6_input
