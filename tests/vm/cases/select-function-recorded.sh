# Functions that tracer.json lacks, with all that is made of a leaf: blocks, returns, stacks, a recording that knows them.
two_hosts
trace -t 'ip,ip_protocol_*,life' -p icmp -w "$dir/ping.ntr" --ret --stack-tracer 'ip_protocol_*'
at left ping -qc 1 -W 5 10.9.1.1
finish
run_to_end -r "$dir/ping.ntr" -t ip_protocol_deliver_rcu -s 10.9.1.2 -o module --stack
expect [ "$status" = 0 ]
expect_line '\[functions   \]\[ip_protocol_deliver_rcu \]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_line 'ip_local_deliver'
run_to_end -r "$dir/ping.ntr" --timeline -s 10.9.1.2
block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' >"$dir/block"
in_block ip_output ip_rcv ip_protocol_deliver_rcu
run_to_end -r "$dir/ping.ntr" -t 'ip_proto*,!ip_protocol_deliver_rcu'
expect_refused 2 'excludes all'
