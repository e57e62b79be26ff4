# IPv6 extension headers, one and many: the ports are behind them.
two_hosts
trace -p udp --dport 53 -t ipv6_rcv
send left veth0 \
  '6:fd09:1::2>fd09:1::9 hop tcp:9>53,S' \
  '6:fd09:1::2>fd09:1::9 hop dst udp:53>1000' \
  '6:fd09:1::2>fd09:1::9 dst udp:1000>54' \
  '6:fd09:1::2>fd09:1::9 dst udp:1>53' \
  '6:fd09:1::2>fd09:1::9 hop route udp:2>53' \
  '6:fd09:1::2>fd09:1::9 hop dst route dst udp:3>53'
expect_packet ipv6_rcv 'UDP: [fd09:1::2]:3 -> [fd09:1::9]:53, len:8'
finish
expect_only 'UDP: *:53, len:8'
expect_count 3
