# -p 47: an L4 protocol by its number.
two_hosts
trace -p 47 -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 proto:46' \
  '4:10.9.1.2>10.9.1.9 proto:47'
expect_packet ip_rcv 'GRE: 10.9.1.2 -> 10.9.1.9'
finish
expect_only 'GRE: *'
expect_count 1
