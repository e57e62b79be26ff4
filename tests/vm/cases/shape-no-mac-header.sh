# On the way out through IP there is no MAC header yet.
two_hosts
trace -d 10.9.1.1 --dport 5300 -t ip_output
"$traffic/talk" udp left right 10.9.1.1 5301 sport=4000
"$traffic/talk" udp left right 10.9.1.1 5300 sport=4000
expect_packet ip_output 'UDP: 10.9.1.2:4000 -> 10.9.1.1:5300, len:72'
finish
expect_count 1
