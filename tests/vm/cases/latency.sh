# --latency shows where a packet waited: 20 ms in a queue, by blocks, by lines and from a recording.
routed
modprobe -q sch_netem || skip "this kernel has no netem"
at router tc qdisc add dev veth2 root netem delay 20ms
expect_one_wait() { # of nearly 20 ms: it is queued shortly before the step that shows it
  expect [ "$(sed -nE 's/^[0-9.]+: \[ *\+([0-9]+)\.[0-9]+us\].*/\1/p' "$dir/trace.out" | awk '$1 >= 15000' | wc -l)" = 1 ]
}
who=writer trace -w "$dir/ping.ntr" -p icmp -s 10.9.1.2 -d 10.9.2.2
who=lines trace -p icmp -s 10.9.1.2 -d 10.9.2.2 --latency
trace -p icmp -s 10.9.1.2 -d 10.9.2.2 --timeline --latency -c 1
at client ping -qc 1 -W 5 10.9.2.2
wait_for_end
expect_line '^[0-9.]+: \[              \]\['
expect_line '^total: ([2-9][0-9]{4}|[0-9]{6,})\.[0-9]{3}us$'
expect_one_wait
who=lines finish
cp "$dir/lines.out" "$dir/trace.out"
expect_one_wait
who=writer finish
run_to_end -r "$dir/ping.ntr" --timeline --latency
expect_line '^total: ([2-9][0-9]{4}|[0-9]{6,})\.[0-9]{3}us$'
expect_one_wait
run_to_end -r "$dir/ping.ntr" --latency --json
"$vm/guest/check-json" "$vm/../../docs/nettrace.schema.json" <"$dir/trace.out"
expect_line '"latency":(1[5-9]|2[0-9])[0-9]{3}\.[0-9]{3},'
words_refused 'give --latency when the recording is read' -w "$dir/x.ntr" --latency
