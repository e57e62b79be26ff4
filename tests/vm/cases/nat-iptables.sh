# Source NAT by iptables: the client's address gives way to the router's.
routed
at router iptables-legacy -t nat -A POSTROUTING -o veth2 -j MASQUERADE
trace -p udp --dport 5300
"$traffic/talk" udp client server 10.9.2.2 5300 sport=4000
expect_packet udp_rcv 'UDP: 10.9.2.1:* -> 10.9.2.2:5300, len:72'
finish
expect_order 'UDP: 10.9.1.2:4000 -> 10.9.2.2:5300, len:72' ip_rcv ip_forward ip_output nf_hook_slow
expect_order 'UDP: 10.9.2.1:* -> 10.9.2.2:5300, len:72' dev_hard_start_xmit ip_rcv ip_local_deliver
