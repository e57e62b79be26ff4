# A VXLAN tunnel: the inner packet enters and leaves it, the outer one is UDP between its ends.
two_hosts
for end in left:veth0:2:1 right:veth1:1:2; do
  IFS=: read -r name device number peer <<<"$end"
  configure "$name" <<EOF
link add vxlan0 address 02:00:00:00:01:0$number type vxlan id 7 local 10.9.1.$number remote 10.9.1.$peer dstport 4789
link set vxlan0 addrgenmode none
link set vxlan0 up
addr add 10.9.7.$number/24 dev vxlan0
neigh add 10.9.7.$peer lladdr 02:00:00:00:01:0$peer dev vxlan0
EOF
done
trace --addr 10.9.7.1 -p icmp
who=outer trace --addr 10.9.1.1 --dport 4789 -t ip,udp
at left ping -qc 1 -W 5 10.9.7.1
expect_packet icmp_rcv 'ICMP: 10.9.7.2 -> 10.9.7.1, ping request   , seq: 1'
who=outer expect_packet ip_rcv 'UDP: 10.9.1.2:* -> 10.9.1.1:4789, len:114'
finish
who=outer finish
expect_order 'ICMP: 10.9.7.2 -> 10.9.7.1, ping request   , seq: 1' vxlan_xmit icmp_rcv
who=outer expect_only 'UDP: 10.9.1.*:4789, len:114'
expect_only 'ICMP: *'
