# A later IPv6 fragment matches by address and protocol, and shows no ports.
two_hosts
trace -p udp -s fd09:1::2 -t ipv6_rcv
send left veth0 \
  '6:fd09:1::3>fd09:1::9 frag,offset=80 udp:1000>53' \
  '6:fd09:1::2>fd09:1::9 frag,offset=80 tcp:1000>53,S' \
  '6:fd09:1::2>fd09:1::9 frag,offset=80 udp:1000>53'
expect_packet ipv6_rcv 'UDP: fd09:1::2 -> fd09:1::9*'
finish
expect_only 'UDP: fd09:1::2 -> fd09:1::9*'
expect_count 1
