# A connection to a port that nobody listens to is reset.
two_hosts
trace --tcp-flags R -t ip_rcv
send left veth0 '4:10.9.1.2>10.9.1.1 tcp:4000>81,S,seq=7'
expect_packet ip_rcv 'TCP: 10.9.1.1:81 -> 10.9.1.2:4000, seq:0, ack:8 A,R'
finish
expect_count 1
