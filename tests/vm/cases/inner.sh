# --inner: filters look into tunnels of each kind, and what is inside is shown; what is in no tunnel is itself looked at.
two_hosts
trace --inner -s 10.9.7.2 -p udp --dport 53 -t ip_rcv,icmp_rcv -o id
who=expression trace --inner -t ip_rcv src 10.9.7.2 and udp dst port 53
who=outer trace -s 10.9.7.2 -p udp --dport 53 -t ip_rcv
who=writer trace -w "$dir/all.ntr" -t ip_rcv -s 10.9.1.2
inside='4:10.9.7.2>10.9.7.1 udp:1000>53'
send left veth0 \
  '4:10.9.1.2>10.9.1.1 4:10.9.7.3>10.9.7.1 udp:1000>53' \
  '4:10.9.1.2>10.9.1.1 4:10.9.7.2>10.9.7.1 udp:1000>54' \
  "4:10.9.1.2>10.9.1.1 udp:1000>53" \
  "4:10.9.1.2>10.9.1.1 $inside data:1" \
  "4:10.9.1.2>10.9.1.1,options gre:0 $inside data:2" \
  "4:10.9.1.2>10.9.1.1 gre:0x3000 $inside data:3" \
  "4:10.9.1.2>10.9.1.1 gre:0xb000 eth: vlan:5 $inside data:4" \
  "4:10.9.1.2>10.9.1.1 udp:1000>4789 vxlan:7 eth: $inside data:5" \
  "4:10.9.1.2>10.9.1.1 udp:1000>8472 vxlan:7 eth: vlan:5 $inside data:6" \
  "4:10.9.1.2>10.9.1.1 udp:1000>6081 geneve:0 eth: $inside data:7" \
  "4:10.9.1.2>10.9.1.1 udp:1000>6081 geneve:3 $inside data:8" \
  "4:10.9.1.2>10.9.1.1 udp:1000>4789 vxlan:7 eth: 4:10.9.1.2>10.9.1.1 gre:0 $inside data:9" \
  "4:10.9.7.2>10.9.1.1 udp:1000>53 data:10"
lengths() { # of all that was shown: its own, and the UDP header's
  sed -nE 's/.*UDP: 10\.9\.7\.2:1000 -> 10\.9\.[17]\.1:53, len:([0-9]+)$/\1/p' "$dir/$who.out" | sort -n | tr '\n' ' '
}
all='9 10 11 12 13 14 15 16 17 18 '
expect_packet ip_rcv 'UDP: 10.9.7.2:1000 -> 10.9.1.1:53, len:18'
who=expression
expect_packet ip_rcv 'UDP: 10.9.7.2:1000 -> 10.9.1.1:53, len:18'
finish
expect [ "$(lengths)" = "$all" ]
who=outer
expect_packet ip_rcv 'UDP: 10.9.7.2:1000 -> 10.9.1.1:53, len:18'
finish
expect_count 1
who=trace
finish
expect [ "$(lengths)" = "$all" ]
who=writer finish
who=trace
run_to_end -r "$dir/all.ntr" --inner -s 10.9.7.2 -p udp --dport 53
expect [ "$(lengths)" = '9 10 11 12 13 14 15 16 17 ' ]
run_to_end -r "$dir/all.ntr" --inner src 10.9.7.2 and udp dst port 53
expect [ "$(lengths)" = '9 10 11 12 13 14 15 16 17 ' ]
run_to_end -r "$dir/all.ntr" -s 10.9.7.2
expect_no_line '10\.9\.7\.2'
