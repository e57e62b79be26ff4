# Every backend follows a packet through its copies to its end.
two_hosts
for backend in fentry-multi fentry kprobe-multi kprobe; do
  offered $backend || continue
  who=$backend
  trace --backend $backend -t ip_local_deliver,icmp_rcv,consume_skb,kfree_skb -p icmp -d 10.9.1.1 --timeline -c 1
  at left ping -qc 1 -W 5 10.9.1.1
  wait_for_end
  expect_blocks 1
  block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request*' >"$dir/block"
  in_block ip_local_deliver icmp_rcv
  expect_no_line 'unfinished'
done
