# --force-stack, in its other spelling too: stacks of all functions.
two_hosts
trace -p icmp -d 10.9.1.1 -t all --stack --force_stack
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect [ "$(grep -A1 '\[ip_rcv ' "$dir/trace.out" | grep -c '^        ')" = 1 ]
