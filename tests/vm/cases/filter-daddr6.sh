# An IPv6 destination.
two_hosts
trace --daddr fd09:1::1 -t ipv6_rcv
send left veth0 \
  '6:fd09:1::2>fd09:1::3 udp:1000>53' \
  '6:fd09:1::1>fd09:1::3 udp:1000>53' \
  '6:fd09:1::2>fd09:1::1 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::1]:53, len:8'
finish
expect_only 'UDP: * -> [fd09:1::1]:53*'
expect_count 1
