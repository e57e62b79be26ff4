# A later fragment matches by address and protocol, and shows no ports.
two_hosts
trace -p udp -s 10.9.1.2 -t ip_rcv
send left veth0 \
  '4:10.9.1.3>10.9.1.9,offset=80 udp:1000>53' \
  '4:10.9.1.2>10.9.1.9,offset=80 tcp:1000>53,S' \
  '4:10.9.1.2>10.9.1.9,offset=80 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2 -> 10.9.1.9*'
finish
expect_only 'UDP: 10.9.1.2 -> 10.9.1.9*'
expect_count 1
