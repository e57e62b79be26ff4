# A kernel locked down to integrity can be traced, by every backend that it has.
two_hosts
echo integrity >/sys/kernel/security/lockdown
for backend in auto fentry-multi fentry kprobe-multi kprobe; do
  offered $backend || continue
  who=$backend
  trace --backend $backend -t ip_rcv,icmp_rcv -p icmp
  at left ping -qc 1 -W 5 10.9.1.1
  expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  finish
done
who=trace
run_to_end --check
expect_line '^lockdown +ok'
