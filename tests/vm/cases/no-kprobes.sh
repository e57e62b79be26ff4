# A kernel without kprobes: what needs none is traced, functions by fentry, tracepoints as ever. Where the kernel's own types
# are out of sight, too, there is no fentry: tracepoints are left, and functions alone are refused.
two_hosts
via=(unshare -m sh -c 'mount -t tmpfs none /sys/bus/event_source/devices && exec "$@"' sh)
run_to_end --check
expect [ "$status" = 0 ]
expect_line '^kprobes +missing'
trace -p icmp -t icmp_rcv,consume_skb
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet consume_skb 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
via=()
offered kprobe-multi && exit
via=(unshare -m sh -c 'mount -t tmpfs none /sys/bus/event_source/devices && exec "$@"' sh)
types=(--btf /sys/kernel/btf/vmlinux)
trace "${types[@]}" -p icmp -t icmp_rcv,consume_skb
at left ping -qc 1 -W 5 10.9.1.1
expect_packet consume_skb 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_only 'ICMP: *'
expect_error_line 'icmp_rcv is out of reach: this kernel has neither kprobes nor fentry'
run_to_end "${types[@]}" -p icmp -t icmp_rcv
expect [ "$status" = 1 ]
expect_error_line 'error: the kernel has no kprobes; only tracepoints can be traced'
