# --detail: all columns, in the manual's order and widths.
two_hosts
trace -p icmp -s 10.9.1.2 -t icmp_rcv,ip_rcv --detail
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
columns='\[[0-9a-f]{16}\]\[[0-9]+:veth1 +\]\[pid:[0-9]+,[^]]+\]\[cpu:00[01]\]'
expect_line "^[0-9]+\.[0-9]{6}: $columns\[ip-in       \]\[ip_rcv                  \]: ICMP: "
expect_line "^[0-9]+\.[0-9]{6}: $columns\[icmp-in     \]\[icmp_rcv                \]: ICMP: "
expect_line '\]\[pid:.{20}\]\[cpu:'
expect_count 2
