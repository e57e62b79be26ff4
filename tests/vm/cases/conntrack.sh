# Connection tracking on a router that keeps state.
routed
at router iptables-legacy -A FORWARD -m conntrack --ctstate INVALID -j DROP
trace -p udp --port 5300 -t ip,netfilter
"$traffic/talk" udp client server 10.9.2.2 5300 sport=4000
expect_packet ip_local_deliver 'UDP: 10.9.2.2:5300 -> 10.9.1.2:4000, len:9'
finish
expect_order 'UDP: 10.9.1.2:4000 -> 10.9.2.2:5300, len:72' ip_rcv nf_conntrack_in ip_forward ipt_do_table ip_output
