# --latency shows where a packet waited, by blocks, by lines and from a recording: in a queue, and for longer than an
# emulated machine that has to wait for a CPU.
routed
modprobe -q sch_netem || skip "this kernel has no netem"
at router tc qdisc add dev veth2 root netem delay 400ms
functions=ip_rcv,ip_forward,ip_output,__dev_queue_xmit,dev_hard_start_xmit,ip_local_deliver
expect_one_wait() { # of nearly 400 ms: it is queued shortly before the step that shows it
  expect [ "$(sed -nE 's/^[0-9.]+: \[ *\+([0-9]+)\.[0-9]+us\].*/\1/p' "$dir/trace.out" | awk '$1 >= 300000' | wc -l)" = 1 ]
}
who=writer trace -w "$dir/ping.ntr" -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2
who=lines trace -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2 --latency
trace -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2 --timeline --latency -c 1
at client ping -qc 1 -W 5 10.9.2.2
wait_for_end
expect_line '^[0-9.]+: \[              \]\['
expect_line '^total: ([4-9][0-9]{5}|[0-9]{7,})\.[0-9]{3}us$'
expect_one_wait
who=lines finish
cp "$dir/lines.out" "$dir/trace.out"
expect_one_wait
who=writer finish
run_to_end -r "$dir/ping.ntr" --timeline --latency
expect_line '^total: ([4-9][0-9]{5}|[0-9]{7,})\.[0-9]{3}us$'
expect_one_wait
run_to_end -r "$dir/ping.ntr" --latency --json
expect_schema
expect_line '"latency":([3-9][0-9]{5}|[0-9]{7,})\.[0-9]{3},'
words_refused '-w cannot be combined with --latency' -w "$dir/x.ntr" --latency

# And 20 ms: never told to be less; more where the machine had to wait, but not each time.
at router tc qdisc change dev veth2 root netem delay 20ms
largest_waits() { # of each block, us
  sed -nE 's/^<-.*/block/p; s/^[0-9.]+: \[ *\+([0-9]+)\.[0-9]+us\].*/\1/p' "$dir/trace.out" |
    awk '$1 == "block" { if (NR > 1) print most; most = 0; next } $1 > most { most = $1 } END { print most }'
}
trace -t "$functions" -p icmp -s 10.9.1.2 -d 10.9.2.2 --timeline --latency -c 5
at client ping -qc 5 -i 0.2 -W 5 10.9.2.2
wait_for_end
expect [ "$(largest_waits | wc -l)" = 5 ]
expect [ "$(largest_waits | awk '$1 < 19500' | wc -l)" = 0 ]
expect [ "$(largest_waits | awk '$1 < 40000' | wc -l)" -gt 0 ]
