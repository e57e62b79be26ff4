# A function that this kernel lacks, named beside one that it has: a line says so, the other one is traced.
tree=$dir/tracer.json
echo '{"name": "all", "desc": "two", "children": [{"name": "ip_rcv", "skb": 0}, {"name": "no_such_function", "skb": 0}]}' >"$tree"
two_hosts
trace --tracer-file "$tree" -t no_such_function,ip_rcv
expect_error_line 'no_such_function.*not in this kernel'
send left veth0 '4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
