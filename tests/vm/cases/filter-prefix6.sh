# An IPv6 prefix that ends within the second word.
two_hosts
trace --addr fd09:1:8000::/34 -t ipv6_rcv
send left veth0 \
  '6:fd09:1:7fff::1>fd09:1::1 udp:1000>53' \
  '6:fd09:1:c000::1>fd09:1::1 udp:1000>53' \
  '6:fd09:1:8000::1>fd09:1::1 udp:1000>53' \
  '6:fd09:1:bfff::1>fd09:1::1 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1:bfff::1]:1000 -> [fd09:1::1]:53, len:8'
finish
expect_only 'UDP: [fd09:1:*'
expect_count 2
