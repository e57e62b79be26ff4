# --min-latency: of a packet that waited, all steps are told, those before the wait too; of one that did not, nothing.
routed
modprobe -q sch_netem || skip "this kernel has no netem"
functions=ip_rcv,ip_forward,ip_output,__dev_queue_xmit,dev_hard_start_xmit
options=(-t $functions -p udp -s 10.9.1.2 -d 10.9.2.2 --min-latency 300ms)
who=lines trace "${options[@]}" --skb-mode -o id
who=writer trace "${options[@]}" -w "$dir/packets.ntr"
trace "${options[@]}" --timeline --latency -c 1
send client veth0 '4:10.9.1.2>10.9.2.2 udp:1000>5301'
at router tc qdisc add dev veth2 root netem delay 400ms
send client veth0 '4:10.9.1.2>10.9.2.2 udp:1000>5302'
wait_for_end
expect_blocks 1
expect_only_the_slow_one() {
  expect_no_line '1000 -> 10\.9\.2\.2:5301'
  expect_order 'UDP: 10.9.1.2:1000 -> 10.9.2.2:5302*' ip_rcv ip_forward ip_output __dev_queue_xmit dev_hard_start_xmit
}
expect_only_the_slow_one
expect_line '^total: ([4-9][0-9]{5}|[0-9]{7,})\.[0-9]{3}us$'
expect_error_line '0 lost$'
who=lines finish
cp "$dir/lines.out" "$dir/trace.out"
expect_only_the_slow_one
expect [ "$(sed -nE 's/^[0-9.]+: (\[[0-9a-f]+\]).*/\1/p' "$dir/trace.out" | sort -u | wc -l)" = 1 ] # one skb
who=writer finish
run_to_end -r "$dir/packets.ntr" --timeline
expect_blocks 1
expect_only_the_slow_one
# A recording of both knows how long they took, too.
has_left_queue() {
  at router tc -s qdisc show dev veth2 | grep -q 'Sent [0-9]* bytes [1-9][0-9]* pkt'
}
at router tc qdisc del dev veth2 root
trace -w "$dir/both.ntr" -t $functions -p udp -s 10.9.1.2 -d 10.9.2.2
send client veth0 '4:10.9.1.2>10.9.2.2 udp:1000>5301'
at router tc qdisc add dev veth2 root netem delay 400ms
send client veth0 '4:10.9.1.2>10.9.2.2 udp:1000>5302'
await 20 has_left_queue
finish
run_to_end -r "$dir/both.ntr" --timeline
expect_blocks 2
run_to_end -r "$dir/both.ntr" --timeline --min-latency 300ms
expect_blocks 1
expect_only_the_slow_one
