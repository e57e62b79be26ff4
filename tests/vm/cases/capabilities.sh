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
