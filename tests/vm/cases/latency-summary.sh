# --latency --summary: a histogram of all packets and one of each pair of steps; live, from a recording, as JSON, and in
# place on a terminal.
routed
modprobe -q sch_netem || skip "this kernel has no netem"
at router tc qdisc add dev veth2 root netem delay 400ms
functions=ip_rcv,ip_forward,ip_output,__dev_queue_xmit,dev_hard_start_xmit,ip_local_deliver
who=writer trace -w "$dir/pings.ntr" -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2
who=json
"$nettrace" --latency --summary --json -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2 >"$dir/json.out" 2>"$dir/json.err" &
pids[json]=$!
await 60 grep -q 'begin tracing' "$dir/json.err"
who=trace
trace --latency --summary -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2 -c 3
at client ping -qc 3 -i 0.2 -W 5 10.9.2.2
wait_for_end
expect_table() {
  expect_line '^[0-9.]+: 3 packets in [0-9]+\.[0-9]{3} s$'
  expect_line '^the first step +the last +3 +[4-9][0-9]{2}ms +'
  expect_line '^ +[0-9.]+ms \.\. [0-9.]+m?s +[1-3] @+$'
  # The queue is between these two, which each packet passes twice, and nothing is as slow.
  expect [ "$(grep -m1 -oE '^[a-z_0-9]+ +[a-z_0-9]+ +[0-9]+ ' "$dir/trace.out" | tr -s ' ')" = "__dev_queue_xmit dev_hard_start_xmit 6 " ]
}
expect_table
expect_error_line '^nettrace: 3 packets measured, 0 lost'
who=json finish
who=json expect_schema
cp "$dir/json.out" "$dir/trace.out"
expect_line '"total":\{"count":3,'
expect_line '"steps":\[\{"from":"__dev_queue_xmit","to":"dev_hard_start_xmit","count":6,"p50":[0-9.]+,"p99":[4-9][0-9]{5}\.'
who=writer finish
run_to_end -r "$dir/pings.ntr" --latency --summary
expect_table
script -qefc "$nettrace --latency --summary --interval 200ms -t icmp_rcv,ip_rcv -p icmp -d 10.9.2.2" "$dir/terminal" >/dev/null </dev/null &
await 60 grep -qs 'begin tracing' "$dir/terminal"
at client ping -qc 1 -W 5 10.9.2.2
await 20 grep -q '1 packet in' "$dir/terminal" || fail "no table on the terminal"
pkill -INT -x nettrace
wait $!
expect grep -q $'\033\\[1A\033\\[J' "$dir/terminal" # over the empty table of before
run_to_end --summary
expect_refused 2 'add --latency'
