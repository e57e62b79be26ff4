# A kernel locked down to integrity can be traced.
two_hosts
echo integrity >/sys/kernel/security/lockdown
trace -t ip,icmp -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
run_to_end --check
expect_line '^lockdown +ok'
