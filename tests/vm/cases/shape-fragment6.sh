# IPv6 fragments: the first has ports, a later one has not.
two_hosts
trace --dport 53 -t ipv6_rcv
send left veth0 \
  '6:fd09:1::2>fd09:1::9 frag,offset=80 udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 frag,more udp:1000>54 data:16' \
  '6:fd09:1::2>fd09:1::9 frag,more udp:1000>53 data:16'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:1000 -> [fd09:1::9]:53, len:24'
finish
expect_only 'UDP: *:53, len:24'
expect_count 1
