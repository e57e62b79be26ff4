# -p icmp is ICMP over IPv4: neither ICMPv6 nor protocol 1 over IPv6.
two_hosts
trace -p icmp -t ip_rcv,ipv6_rcv
send left veth0 \
  '6:fd09:1::2>fd09:1::9 icmp6:129' \
  '6:fd09:1::2>fd09:1::9 proto:1' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9 icmp:0'
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.9, ping reply     , seq: 1'
finish
expect_only 'ICMP: 10.9.*'
expect_count 1
