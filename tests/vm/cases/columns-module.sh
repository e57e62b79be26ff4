# The group that a function is in.
two_hosts
trace -o module -p icmp -t icmp,ip_rcv,nf_hook_slow
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_line ': \[icmp-in     \]\[icmp_rcv                \]: '
expect_line ': \[ip-in       \]\[ip_rcv                  \]: '
finish
expect_no_line ': \[icmp-in     \]\[ip_rcv'
