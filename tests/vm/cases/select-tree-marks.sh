# As root, -t ? marks what this kernel does not have.
tree=$dir/tracer.json
echo '{"name": "all", "desc": "two", "children": [{"name": "ip_rcv", "skb": 0}, {"name": "no_such_function", "skb": 0}]}' >"$tree"
run_to_end --tracer-file "$tree" -t '?'
expect [ "$status" = 0 ]
expect_line '^    ip_rcv$'
expect_line '^    no_such_function.*not in this kernel'
