# IPv4 fragments: the first has ports, a later one has not, whatever its bytes look like.
two_hosts
trace --dport 53 -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9,offset=80 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9,offset=80,more udp:1000>53' \
  '4:10.9.1.2>10.9.1.9,more udp:1000>54 data:16' \
  '4:10.9.1.2>10.9.1.9,more udp:1000>53 data:16'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:24'
finish
expect_only 'UDP: *:53, len:*'
expect_count 1
