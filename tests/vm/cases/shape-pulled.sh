# After the IP header was pulled: where the data begin at TCP, UDP or ICMP, the addresses are still found.
two_hosts
trace -s 10.9.1.2 --dport 53 -t udp_rcv,tcp_v4_rcv
send left veth0 '4:10.9.1.3>10.9.1.1 udp:1000>53' '4:10.9.1.2>10.9.1.1 udp:1000>54' '4:10.9.1.2>10.9.1.1 tcp:1000>54,S' \
  '4:10.9.1.2>10.9.1.1 udp:1000>53' '4:10.9.1.2>10.9.1.1 tcp:1000>53,S'
expect_packet tcp_v4_rcv 'TCP: 10.9.1.2:1000 -> 10.9.1.1:53, seq:1, ack:0 S'
finish
expect_packet udp_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.1:53, len:8'
expect_count 2
