# Every backend that the kernel has shows the same lines, and the same return values, for the same packet.
two_hosts
backends=0
for backend in fentry-multi fentry kprobe-multi kprobe; do
  offered $backend || continue
  who=$backend
  trace --backend $backend -t ip_rcv,ip_local_deliver,icmp_rcv -p icmp -d 10.9.1.1 --ret
  at left ping -qc 1 -W 5 10.9.1.1
  expect_packet ip_local_deliver 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  expect_values ip_local_deliver 0
  finish
  expect_error_line ', 0 lost$'
  sed -E 's/^[0-9.]+: //' "$dir/$who.out" >"$dir/$who.lines"
  cmp "$dir/$who.lines" "$dir/${first:=$who}.lines" || fail "$who and $first differ"
  backends=$((backends + 1))
done
expect [ "$backends" -ge 2 ]
