# -t with a glob: leaves of the tree and other functions whose skb BTF knows, and only those.
two_hosts
trace -t 'ip_*deliver*' -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_packet ip_local_deliver 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_no_line '^[0-9].*\[(ip_rcv|icmp_rcv|ip_output) '
