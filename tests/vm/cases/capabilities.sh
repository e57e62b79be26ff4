# Not root, but with the capabilities that --check finds missing: it traces.
two_hosts
nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
via=("${nobody[@]}")
run_to_end --check
missing=$(grep '^privileges' "$dir/trace.out" | grep -oE 'CAP_[A-Z_]+' | sed 's/CAP_/+/' | tr 'A-Z\n' 'a-z,')
expect [ "$missing" ]
via=("${nobody[@]}" --inh-caps="${missing%,}" --ambient-caps="${missing%,}")
trace -t icmp_rcv -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
# CAP_SYS_ADMIN stands for the others, until the counters are read at the end, too.
via=("${nobody[@]}" --inh-caps=+sys_admin,+sys_resource --ambient-caps=+sys_admin,+sys_resource)
who=admin trace --count-only -t icmp_rcv -p icmp
at left ping -qc 1 -W 5 10.9.1.1
who=admin finish
who=admin expect_line '^ +2  icmp_rcv'
who=admin expect_no_error_line 'cannot read'
