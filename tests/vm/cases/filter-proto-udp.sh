# --proto UDP, in capitals: UDP over either IP.
two_hosts
trace --proto UDP -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 tcp:1000>80,S' \
  '6:fd09:1::2>fd09:1::9 icmp6:129' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '6:fd09:1::2>fd09:1::1 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::1]:53, len:8'
finish
expect_only 'UDP: *'
expect_count 2
