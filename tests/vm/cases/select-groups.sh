# -t with groups: their functions, and no other ones.
two_hosts
trace -t ip-in,icmp -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_packet ip_rcv 'ICMP: *'
expect_no_packet ip_output 'ICMP: *'
expect_no_packet dev_hard_start_xmit 'ICMP: *'
expect_no_packet nf_hook_slow 'ICMP: *'
