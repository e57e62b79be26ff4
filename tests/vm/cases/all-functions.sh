# --all-functions: more than a thousand are attached, a ping passes dozens of them, and nothing is left behind. Where each
# takes its time, only if NETTRACE_PATIENT is set.
offered kprobe-multi || [ "${NETTRACE_PATIENT-}" ] || skip "one by one, so many take minutes here"
patience=1500
remember_probes
two_hosts
trace --all-functions -v -p icmp --addr 10.9.1.1
expect_probes
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_only 'ICMP: *'
expect_no_probe_left
attached=$(sed -nE 's/.*attached: ([0-9]+) functions.*/\1/p' "$dir/trace.err")
expect [ "$attached" -gt 1000 ]
passed=$(sed -nE 's/.*\[([a-z0-9_]+) *\]: .*/\1/p' "$dir/trace.out" | sort -u | wc -l)
expect [ "$passed" -gt 60 ]
