# A tracer.json that cannot be used: status 2 and one line that tells where.
refused() { # REGEX TEXT
  echo "$2" >"$dir/tracer.json"
  run_to_end --tracer-file "$dir/tracer.json"
  expect_refused 2 "$1"
}
refused 'tracer\.json:2:' $'{"name": "all",\n "children" []}'
refused 'leaves|leaf|functions' '{"name": "all", "desc": "none", "children": []}'
refused 'ip_rcv' '{"name": "all", "desc": "two", "children": ["ip_rcv", "ip_rcv"]}'
refused 'skb' '{"name": "all", "desc": "one", "children": [{"name": "ip_rcv", "skb": true}]}'
refused 'my_leaf' '{"name": "all", "desc": "one", "children": [{"name": "my_leaf", "regex": "ip_(rcv", "skb": 0}]}'
run_to_end --tracer-file "$dir/no-such-file"
expect_refused 2 'no-such-file'

# In a fixed place, a file that others may write is not read.
mkdir -p /etc/nettrace
echo '{"name": "all", "children": ["ip_rcv"]}' >/etc/nettrace/tracer.json
chmod 666 /etc/nettrace/tracer.json
run_to_end -t '?'
chmod 644 /etc/nettrace/tracer.json
expect_refused 2 '/etc/nettrace/tracer\.json is writable by others than root'
run_to_end -t '?'
rm /etc/nettrace/tracer.json
expect [ "$status" = 0 ]
expect_line 'ip_rcv'
expect_no_line 'icmp_rcv'
