# -p icmpv6, behind extension headers too; no ICMP, and no protocol 58 over IPv4.
two_hosts
trace -p icmpv6 -t ip_rcv,ipv6_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 icmp:0' \
  '4:10.9.1.2>10.9.1.9 proto:58' \
  '6:fd09:1::2>fd09:1::9 hop udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 icmp6:129,seq=1' \
  '6:fd09:1::2>fd09:1::9 hop icmp6:129,seq=2'
expect_packet ipv6_rcv 'ICMPv6: fd09:1::2 -> fd09:1::9, ping reply     , seq: 2'
finish
expect_packet ipv6_rcv 'ICMPv6: fd09:1::2 -> fd09:1::9, ping reply     , seq: 1'
expect_no_line '10\.9\.|\[ip_rcv |UDP'
