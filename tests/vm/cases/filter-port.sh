# --port: either port, IPv4 and IPv6.
two_hosts
trace --port 53 -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:530>5353' \
  '6:fd09:1::2>fd09:1::9 udp:1000>54' \
  '4:10.9.1.2>10.9.1.9 udp:53>1000' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::9]:53, len:8'
finish
expect_only 'UDP: *:53*'
expect_count 3
