# An IPv6 source, no IPv4 packet beside it.
two_hosts
trace -s fd09:1::2 -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.1 udp:1000>53' \
  '6:fd09:1::3>fd09:1::1 udp:1000>53' \
  '6:fd09:1::3>fd09:1::2 udp:1000>53' \
  '6:fd09:1::2>fd09:1::1 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::1]:53, len:8'
finish
expect_only 'UDP: [fd09:1::2]:1000 -> *'
expect_count 1
