# A capture on the receiving device takes the packet before IP does.
two_hosts
trace -p icmp -t all
at right timeout 20 tcpdump -nni veth1 -c 1 icmp >"$dir/tcpdump" 2>&1 &
await 20 grep -q listening "$dir/tcpdump"
at left ping -qc 1 -W 5 10.9.1.1
expect_packet tpacket_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' tpacket_rcv ip_rcv icmp_rcv
