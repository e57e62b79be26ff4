# A TCP connection through the whole stack, sender to receiver.
two_hosts
trace --port 8000
"$traffic/talk" tcp left right 10.9.1.1 8000 sport=4000 bytes=20000
expect_packet tcp_v4_rcv 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:* A,F'
finish
expect_order 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:0 S' \
  __ip_queue_xmit ip_output dev_hard_start_xmit ip_rcv tcp_v4_rcv
expect_packet tcp_conn_request 'TCP: *'
expect_packet tcp_data_queue 'TCP: *'
