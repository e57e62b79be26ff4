# Outgoing TCP before it has an IP header: the addresses are the socket's.
two_hosts
trace -d 10.9.1.1 --dport 8000 --tcp-flags S -t __ip_queue_xmit
"$traffic/talk" tcp left right 10.9.1.1 8001 sport=4000
"$traffic/talk" tcp left right 10.9.1.1 8000 sport=4000
expect_packet __ip_queue_xmit 'TCP: 10.9.1.2:4000 -> 10.9.1.1:8000, seq:*, ack:0 S'
finish
expect_count 1
