# The same over IPv6.
two_hosts
trace --port 8000
"$traffic/talk" tcp left right fd09:1::1 8000 sport=4000
expect_packet tcp_v6_rcv 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:* A,F'
finish
expect_order 'TCP: [fd09:1::2]:4000 -> [fd09:1::1]:8000, seq:*, ack:0 S' \
  ip6_xmit ip6_output dev_hard_start_xmit ipv6_rcv tcp_v6_rcv
