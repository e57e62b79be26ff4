# Tracing all: one line counts what this kernel lacks, -v lists it with reasons.
tree=$dir/tracer.json
echo '{"name": "all", "desc": "three", "children": [{"name": "ip_rcv", "skb": 0}, "no_such_function", "nor_this_one"]}' >"$tree"
trace --tracer-file "$tree"
expect_error_line '2 of 3 functions'
expect_no_error_line 'no_such_function'
finish
trace --tracer-file "$tree" -v
expect_error_line 'no_such_function.*not in this kernel'
expect_error_line 'nor_this_one.*not in this kernel'
finish
