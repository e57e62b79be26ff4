# Ping and reply are a block each. A capture takes a clone of the reply on its way out: it is in the same block, with its
# address under skb_clone and in its own lines, until both are gone.
two_hosts
trace -p icmp --addr 10.9.1.1 --timeline --detail
at right timeout 20 tcpdump -nni veth1 -c 2 icmp >"$dir/tcpdump" 2>&1 &
await 20 grep -q listening "$dir/tcpdump"
at left ping -qc 1 -W 5 10.9.1.1
await 20 block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
await 20 block_of 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_blocks 2
block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' >"$dir/block"
in_block ip_output veth_xmit tpacket_rcv ip_rcv icmp_rcv icmp_echo consume_skb
expect_last_line_of_block consume_skb
block_of 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1' >"$dir/block"
clone=$(sed -nE 's/^ {16}return value:([0-9a-f]+).*/\1/p' "$dir/block" | head -n 1)
expect grep -qE "^[0-9.]+: \[$clone\].*\[pkt-in      \]\[tpacket_rcv " "$dir/block"
in_block ip_output skb_clone tpacket_rcv consume_skb veth_xmit ip_rcv skb_clone icmp_rcv kfree_skb consume_skb
expect_no_line unfinished
expect_last_line_of_block consume_skb
