# A packet whose hops are used up: the router drops it and says so.
routed
trace -p icmp
at client ping -qc 1 -t 1 -W 1 10.9.2.2 || :
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, *ttl exceeded*'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1' ip_rcv ip_forward
