# VLAN devices: the tag travels in the skb.
two_hosts
for end in left:veth0:2 right:veth1:1; do
  IFS=: read -r name device number <<<"$end"
  configure "$name" <<EOF
link add link $device name $device.5 type vlan id 5
link set $device.5 addrgenmode none
link set $device.5 up
addr add 10.9.5.$number/24 dev $device.5
EOF
done
trace -p icmp --addr 10.9.5.1
at left ping -qc 1 -W 5 10.9.5.1
expect_packet icmp_rcv 'ICMP: 10.9.5.2 -> 10.9.5.1, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.5.2 -> 10.9.5.1, ping request   , seq: 1' \
  vlan_dev_hard_start_xmit dev_hard_start_xmit vlan_do_receive ip_rcv
