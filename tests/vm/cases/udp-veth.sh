# A datagram and its answer between two hosts.
two_hosts
trace -p udp --addr 10.9.1.1
"$traffic/talk" udp left right 10.9.1.1 5300 sport=4000
expect_packet udp_rcv 'UDP: 10.9.1.1:5300 -> 10.9.1.2:4000, len:9'
finish
expect_order 'UDP: 10.9.1.2:4000 -> 10.9.1.1:5300, len:72' ip_output dev_hard_start_xmit ip_rcv ip_local_deliver udp_rcv
expect_order 'UDP: 10.9.1.1:5300 -> 10.9.1.2:4000, len:9' ip_output dev_hard_start_xmit ip_rcv ip_local_deliver udp_rcv
expect_only 'UDP: 10.9.1.*'
