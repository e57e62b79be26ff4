# -t with one function: only that one is probed.
two_hosts
trace -t icmp_rcv -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
functions=$(grep -oE '^[^[:space:]]+' /sys/kernel/tracing/enabled_functions | sort -u) # not the trampolines below them
expect [ "$functions" = icmp_rcv ]
finish
expect_line '\[icmp_rcv '
expect_no_line '^[0-9].*\[ip_rcv'
expect_count 2
