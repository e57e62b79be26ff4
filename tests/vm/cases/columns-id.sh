# The skb's address: a kernel address, the same from function to function.
two_hosts
trace -o id -p icmp -s 10.9.1.2 -t ip_rcv,ip_local_deliver,icmp_rcv
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
ids=$(sed -nE 's/^[0-9.]+: \[(ffff[0-9a-f]{12})\]\[.*/\1/p' "$dir/trace.out")
expect_count 3
expect [ "$(wc -l <<<"$ids")" = 3 ]
expect [ "$(sort -u <<<"$ids" | wc -l)" = 1 ]
