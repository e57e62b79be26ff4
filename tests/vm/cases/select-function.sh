# -t with functions that tracer.json lacks: BTF tells where their skb is, here the second argument of the first.
two_hosts
trace -t ip_protocol_deliver_rcu,eth_type_trans,icmp_rcv -p icmp -o module --ret
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_line '\[functions   \]\[ip_protocol_deliver_rcu \]: ICMP'
expect_line '\[icmp-in     \]\[icmp_rcv                \]: ICMP'
expect_no_error_line 'cannot be traced|not in this kernel'
