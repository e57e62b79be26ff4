# -o: the columns that were asked for, in that order.
two_hosts
trace -o cpu,module,id -p icmp -t icmp_rcv
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line ': \[cpu:00[01]\]\[icmp-in     \]\[[0-9a-f]+\]\[icmp_rcv                \]: '
