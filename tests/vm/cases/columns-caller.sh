# caller: the function that called, by every backend that the kernel has; with the return probe in the way, too.
two_hosts
traced() { # [OPTION…]
  trace -p icmp -d 10.9.1.1 -t ip_rcv,icmp_rcv -o caller "$@"
  at left ping -qc 1 -W 5 10.9.1.1
  expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  finish
  expect_line '\[from:ip_protocol_deliver_rcu\+0x[0-9a-f]+ *\]\[icmp_rcv '
  expect_line '\[from:__netif_receive_skb_one_core\+0x[0-9a-f]+ *\]\[ip_rcv '
}
backends=0
for backend in fentry-multi fentry kprobe-multi kprobe; do
  offered $backend || continue
  traced --backend $backend
  traced --backend $backend --ret
  expect [ "$(grep -c 'from:ip_protocol_deliver_rcu+' "$dir/trace.out")" = 2 ]
  backends=$((backends + 1))
done
expect [ "$backends" -ge 2 ]
# An expression puts a function of its own between the kernel's and the one that asks.
trace -t icmp_rcv -o caller icmp and dst 10.9.1.1
at left ping -qc 1 -W 5 10.9.1.1
finish
expect_line '\[from:ip_protocol_deliver_rcu\+0x[0-9a-f]+ *\]\[icmp_rcv '
# A tracepoint is called by nobody that it could name.
trace -p icmp -d 10.9.1.1 -t consume_skb -o caller
at left ping -qc 1 -W 5 10.9.1.1
finish
trace -w "$dir/ping.ntr" -o caller -p icmp -d 10.9.1.1 -t icmp_rcv
at left ping -qc 1 -W 5 10.9.1.1
finish
run_to_end -r "$dir/ping.ntr" -o caller
expect_line '\[from:ip_protocol_deliver_rcu\+0x[0-9a-f]+ *\]\[icmp_rcv '
run_to_end -r "$dir/ping.ntr" -o caller --json
expect_schema
expect_line '"caller":\{"address":"0x[0-9a-f]*","symbol":"ip_protocol_deliver_rcu","offset":[0-9]+,"module":null\}'
trace -w "$dir/other.ntr" -p icmp -t icmp_rcv
finish
run_to_end -r "$dir/other.ntr" -o caller
expect_refused 2 'has no callers; record with -o caller'
