# 20,000 datagrams from two CPUs, each known by its ports, while addresses are used again and again: no block mixes two,
# and every datagram is a block, or counted as lost.
trace -p udp --dport 5300 --timeline -t udp_rcv,consume_skb
"$traffic/flood" 10000 5300 10000 &
first=$!
"$traffic/flood" 10000 5300 30000 &
wait $!
wait $first
give_softirqs
finish
expect "$vm/guest/check-blocks" 20000 "$dir/trace.out" "$dir/trace.err"
