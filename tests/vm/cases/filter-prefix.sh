# An IPv4 prefix, whose end is no whole byte.
two_hosts
trace -s 10.9.16.0/20 -t ip_rcv
send left veth0 \
  '4:10.9.15.255>10.9.1.1 udp:1000>53' \
  '4:10.9.32.0>10.9.1.1 udp:1000>53' \
  '4:10.9.16.0>10.9.1.1 udp:1000>53' \
  '4:10.9.31.255>10.9.1.1 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.31.255:1000 -> 10.9.1.1:53, len:8'
finish
expect_only 'UDP: 10.9.*'
expect_count 2
