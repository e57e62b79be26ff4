# A bond of one link on each host.
two_hosts
for end in left:veth0:2:1 right:veth1:1:2; do
  IFS=: read -r name device number peer <<<"$end"
  configure "$name" <<EOF
link add bond0 type bond mode active-backup miimon 100
link set bond0 addrgenmode none
link set $device down
link set $device master bond0
link set bond0 address 02:00:00:00:00:0$number up
addr add 10.9.6.$number/24 dev bond0
neigh add 10.9.6.$peer lladdr 02:00:00:00:00:0$peer dev bond0
EOF
done
trace -p icmp --addr 10.9.6.1 -t link,ip,icmp
at left ping -qc 5 -i 0.3 -W 5 10.9.6.1
expect_packet icmp_rcv 'ICMP: 10.9.6.2 -> 10.9.6.1, ping request   , seq: 5'
finish
expect_order 'ICMP: 10.9.6.2 -> 10.9.6.1, ping request   , seq: 5' \
  bond_start_xmit dev_hard_start_xmit bond_handle_frame ip_rcv icmp_rcv
