# --tcp-flags SA: both flags, others may be set too.
two_hosts
trace --tcp-flags SA -t ip_rcv
send left veth0 \
  '4:10.9.1.2>10.9.1.9 udp:1>80 data:8' \
  '4:10.9.1.2>10.9.1.9 tcp:1>80,S' \
  '4:10.9.1.2>10.9.1.9 tcp:1>80,A' \
  '4:10.9.1.2>10.9.1.9 tcp:1>80,FRPU' \
  '4:10.9.1.2>10.9.1.9 tcp:1>80,SA' \
  '4:10.9.1.2>10.9.1.9 tcp:1>80,SAP'
expect_packet ip_rcv 'TCP: 10.9.1.2:1 -> 10.9.1.9:80, seq:1, ack:0 A,P,S'
finish
expect_only 'TCP: *A*S'
expect_count 2
