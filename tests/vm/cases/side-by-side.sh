# Two nettraces: each sees what it asked for, and ending one leaves the other at work.
two_hosts
trace -p icmp -t ip,icmp
who=other trace -p udp -t ip,udp
send left veth0 '4:10.9.1.2>10.9.1.9 udp:1000>53' '4:10.9.1.2>10.9.1.1 icmp:8,seq=1'
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
who=other expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
send left veth0 '4:10.9.1.2>10.9.1.9 udp:1001>53'
who=other expect_packet ip_rcv 'UDP: 10.9.1.2:1001 -> 10.9.1.9:53, len:8'
who=other finish
expect_only 'ICMP: *'
who=other expect_only 'UDP: *'
