# A user's own leaf: a regex for the function's name; the lines show the leaf's.
tree=$dir/tracer.json
echo '{"name": "all", "desc": "one", "children": [{"name": "my_rcv", "regex": "icmp_rc[uv]", "skb": 0}]}' >"$tree"
two_hosts
trace --tracer-file "$tree" -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet my_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line '\[my_rcv                  \]: '
expect_no_line 'icmp_rcv'
