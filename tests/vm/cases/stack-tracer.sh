# --stack-tracer: stacks of some functions only; it must be traced. All stacks are refused without force.
two_hosts
trace -p icmp -d 10.9.1.1 -t ip,icmp --stack-tracer icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect grep -qE -A1 '\[icmp_rcv ' "$dir/trace.out"
expect [ "$(grep -A1 '\[ip_rcv ' "$dir/trace.out" | grep -c '^        ')" = 0 ]
expect [ "$(grep -A1 '\[icmp_rcv ' "$dir/trace.out" | grep -c '^        ')" = 1 ]
run_to_end -p icmp --stack
expect_refused 2 'slows the machine down.*--force-stack'
run_to_end -p icmp -t ip --stack-tracer tcp_v4_rcv
expect_refused 2 'tcp_v4_rcv.*not traced'
