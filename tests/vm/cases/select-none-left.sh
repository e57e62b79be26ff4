# None of the functions named is in this kernel: status 1, and no probe.
tree=$dir/tracer.json
echo '{"name": "all", "desc": "two", "children": [{"name": "ip_rcv", "skb": 0}, {"name": "no_such_function", "skb": 0}]}' >"$tree"
run_to_end --tracer-file "$tree" -t no_such_function
expect [ "$status" = 1 ]
expect_error_line 'no_such_function.*not in this kernel'
expect [ ! -s "$dir/trace.out" ]
