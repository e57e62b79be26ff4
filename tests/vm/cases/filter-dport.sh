# --dport: the destination port, of UDP only where -p says so.
two_hosts
trace -p udp --dport 53 -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:53>1000' \
  '4:10.9.1.2>10.9.1.9 tcp:1000>53,S' \
  '4:10.9.1.2>10.9.1.9 udp:1000>54' \
  '4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
expect_only 'UDP: *:53, len:8'
expect_count 1
