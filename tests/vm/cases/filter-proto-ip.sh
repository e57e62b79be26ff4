# -p ip: every IPv4 packet, no IPv6.
two_hosts
trace -p ip -t ip_rcv,ipv6_rcv
send left veth0 \
  '6:fd09:1::2>fd09:1::9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 icmp:0' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
expect_only '*: 10.9.1.2*'
expect_count 2
