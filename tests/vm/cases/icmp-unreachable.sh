# An ICMP error shows its type and code, not the packet that it quotes.
two_hosts
trace -p icmp -t ip_rcv
send left veth0 '4:10.9.1.2>10.9.1.1 udp:1000>53'
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, *port unreachable*'
finish
expect_count 1
