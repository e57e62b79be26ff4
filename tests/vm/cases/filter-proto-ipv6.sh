# -p ipv6: every IPv6 packet, no IPv4, and no IPv6 within IPv4.
two_hosts
trace -p ipv6 -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 6:fd09:1::2>fd09:1::9 udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 tcp:1000>53,S' \
  '6:fd09:1::2>fd09:1::9 udp:1000>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::9]:53, len:8'
finish
expect_packet ipv6_rcv 'TCP: [fd09:1::2]:1000 -> [fd09:1::9]:53, *'
expect_no_line '10\.9\.|\[ip_rcv '
