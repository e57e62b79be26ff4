# An IP-in-IP tunnel between two hosts: outside of it the packet is the outer one.
two_hosts
for end in left:2:1 right:1:2; do
  IFS=: read -r name number peer <<<"$end"
  configure "$name" <<EOF
link add tunnel0 type ipip local 10.9.1.$number remote 10.9.1.$peer
link set tunnel0 addrgenmode none
link set tunnel0 up
addr add 10.9.8.$number/24 dev tunnel0
EOF
done
trace -s 10.9.1.2 -t link,ip,icmp
who=inner trace -p icmp -s 10.9.8.2 -t link,ip,icmp
at left ping -qc 1 -W 5 10.9.8.1
who=inner expect_packet icmp_rcv 'ICMP: 10.9.8.2 -> 10.9.8.1, ping request   , seq: 1'
expect_packet ip_rcv '*: 10.9.1.2 -> 10.9.1.1'
finish
who=inner finish
who=inner expect_order 'ICMP: 10.9.8.2 -> 10.9.8.1, ping request   , seq: 1' ip_output dev_hard_start_xmit ip_local_deliver icmp_rcv
expect_order '*: 10.9.1.2 -> 10.9.1.1' dev_hard_start_xmit ip_rcv ip_local_deliver
