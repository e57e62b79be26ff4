# Two hosts on a bridge: it floods what is for a station that it does not know yet, and forwards the answer.
bridged
trace -p icmp --addr 10.9.1.1
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' \
  dev_hard_start_xmit br_handle_frame br_flood dev_hard_start_xmit ip_rcv
expect_order 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1' \
  dev_hard_start_xmit br_handle_frame __br_forward dev_hard_start_xmit ip_rcv
