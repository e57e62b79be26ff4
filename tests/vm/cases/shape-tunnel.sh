# A tunnel: the outer header counts, not the inner one.
two_hosts
trace -s 10.9.1.2 -t ip_rcv
send left veth0 \
  '4:10.9.1.3>10.9.1.9 4:10.9.1.2>10.9.1.9 udp:1>53' \
  '4:10.9.1.2>10.9.1.9 4:10.9.1.3>10.9.1.9 udp:1>53'
expect_packet ip_rcv '*: 10.9.1.2 -> 10.9.1.9'
finish
expect_only '*: 10.9.1.2 -> 10.9.1.9'
expect_count 1
