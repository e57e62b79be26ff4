# A ping of 4,000 bytes is cut into fragments and put together again.
routed
trace -p icmp --addr 10.9.2.2
at client ping -qc 1 -s 4000 -W 5 10.9.2.2
expect_packet ip_rcv 'ICMP: 10.9.2.2 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.2.2*' ip_do_fragment dev_hard_start_xmit ip_rcv ip_defrag
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.2.2, fragment*'
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1'
