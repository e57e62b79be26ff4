# A ping passes a router both ways: the functions of each host in their order.
routed
trace -p icmp --addr 10.9.2.2
at client ping -qc 1 -W 5 10.9.2.2
expect_packet icmp_rcv 'ICMP: 10.9.2.2 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1' \
  ip_output dev_hard_start_xmit ip_rcv ip_forward ip_output dev_hard_start_xmit ip_rcv ip_local_deliver icmp_rcv
expect_order 'ICMP: 10.9.2.2 -> 10.9.1.2, ping reply     , seq: 1' \
  ip_output dev_hard_start_xmit ip_rcv ip_forward ip_output dev_hard_start_xmit ip_rcv ip_local_deliver
expect_only 'ICMP: 10.9.?.2 -> 10.9.?.2, ping re*, seq: 1'
