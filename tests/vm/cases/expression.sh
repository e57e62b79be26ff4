# An expression chooses packets wherever they are: before they have headers, without an Ethernet header, on the way in; with
# other filters.
two_hosts
trace -t ip,tcp 'tcp port 5300 and host 10.9.1.1'
who=none trace -t ip,tcp -p udp tcp port 5300
"$traffic/talk" tcp left right 10.9.1.1 5300
expect_packet __tcp_transmit_skb 'TCP: 10.9.1.2:* -> 10.9.1.1:5300, seq:*, ack:0 S'
expect_packet __ip_local_out 'TCP: 10.9.1.1:5300 -> 10.9.1.2:*, seq:*, ack:* A,S'
expect_packet tcp_v4_rcv 'TCP: 10.9.1.2:* -> 10.9.1.1:5300, seq:*, ack:* A'
finish
expect_only 'TCP: *:5300*'
who=none finish
who=none expect_count 0
# A recording is filtered by it, too.
trace -w "$dir/all.ntr" -t ip,icmp,icmpv6
at left ping -qc 1 -W 5 10.9.1.1
at left ping -qc 1 -W 5 fd09:1::1
finish
run_to_end -r "$dir/all.ntr" 'icmp[icmptype] = icmp-echo'
expect_only 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request*'
run_to_end -r "$dir/all.ntr" icmp6 and src fd09:1::1
expect_only 'ICMPv6: fd09:1::1 -> fd09:1::2*'
# One that only root and the kernel could refuse.
words_refused "behind 'tcp port 80'" tcp port 80 adn host 10.0.0.1
long=icmp
for i in {1..300}; do
  long+=" or (ip[$i:2] > len and ip[ip[$i] & 3] != 4)"
done
run_to_end -t icmp_rcv --duration 1s "$long"
[ "$status" = 0 ] || expect_refused 1 "(expression.*too large for this kernel's verifier|verifier refuses the expression)"
