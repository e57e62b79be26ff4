# Expressions choose the packets that tcpdump chooses: many of them at once, on the same device, from the same mixed traffic.
two_hosts
expressions=(
  'host 10.9.9.3'
  'dst net 10.9.9.0/29 and not tcp'
  'tcp[tcpflags] & (tcp-syn|tcp-fin) != 0'
  'ip[2:2] - ((ip[0] & 0xf) << 2) = 8'
  'ip[6:2] & 0x1fff != 0'
  'vlan'
  'vlan 7 and udp'
  'ip6 and tcp dst port 80'
  'greater 150'
  'arp or icmp[icmptype] = icmp-echo'
  'not ip and not vlan'
  'ether src 02:00:00:00:00:02 and ip proto 47'
)
frames=(
  '4:10.9.1.2>10.9.9.1 udp:1000>53' '4:10.9.1.2>10.9.9.2,options udp:53>1000 data:100'
  '4:10.9.1.2>10.9.9.3 tcp:1000>80,S' '4:10.9.1.2>10.9.9.4 tcp:80>1000,SA'
  '4:10.9.1.2>10.9.9.5,options tcp:1000>80,FA data:200' '4:10.9.1.2>10.9.9.6 icmp:8'
  '4:10.9.1.2>10.9.9.7 icmp:3.1 data:28' '4:10.9.1.2>10.9.9.8,offset=64 proto:17 data:40'
  '4:10.9.1.2>10.9.9.9,more udp:1000>53 data:64' 'vlan:7 4:10.9.1.2>10.9.9.10 udp:1000>53'
  'vlan:8 4:10.9.1.2>10.9.9.11 tcp:1000>80,S' 'vlan:7 vlan:9 4:10.9.1.2>10.9.9.12 udp:1000>53'
  '6:fd09:1::2>fd09:9::13 tcp:1000>80,S' '6:fd09:1::2>fd09:9::14 udp:1000>53'
  '6:fd09:1::2>fd09:9::15 hop udp:1000>53 data:150' '6:fd09:1::2>fd09:9::16 icmp6:128'
  'arp:request,10.9.1.2>10.9.9.17' 'arp:reply,10.9.9.18>10.9.1.2' '4:10.9.1.2>10.9.9.19 proto:47 data:9'
  '4:10.9.1.2>10.9.9.20 udp:1>2' # the last one
)
packets() { # FILE: where they go to, each once
  grep -oE '10\.9\.9\.[0-9]+|fd09:9::[0-9]+' "$1" | sort -u
}
captures() {
  grep -q 'listening on' "$dir/tcpdump-$1.err"
}
for i in "${!expressions[@]}"; do
  who=trace-$i trace --netns right --if veth1 -t __netif_receive_skb_core "host 10.9.9.20 or (${expressions[i]})"
  at right tcpdump -nlp -i veth1 "host 10.9.9.20 or (${expressions[i]})" >"$dir/tcpdump-$i.out" 2>"$dir/tcpdump-$i.err" &
done
for i in "${!expressions[@]}"; do
  await 60 captures "$i"
done
send left veth0 "${frames[@]}"
for i in "${!expressions[@]}"; do
  await 60 grep -q '10\.9\.9\.20[^0-9]' "$dir/tcpdump-$i.out"
  who=trace-$i
  expect_line '10\.9\.9\.20:2'
  finish
  packets "$dir/trace-$i.out" >"$dir/ours"
  packets "$dir/tcpdump-$i.out" >"$dir/theirs"
  cmp "$dir/ours" "$dir/theirs" || fail "${expressions[i]}: $(diff "$dir/ours" "$dir/theirs")"
  expect [ "$(wc -l <"$dir/ours")" -gt 1 ]
  expect [ "$(wc -l <"$dir/ours")" -lt ${#frames[@]} ]
done
