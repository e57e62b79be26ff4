# A user's own leaf: a tracepoint, whose skb is a field of it.
tree=$dir/tracer.json
cat >"$tree" <<'EOF'
{"name": "all", "desc": "one", "children": [
  {"name": "my_queue", "type": "tracepoint", "tp": "net:net_dev_queue", "skb": "skbaddr"}]}
EOF
two_hosts
trace --tracer-file "$tree" -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet my_queue 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_count 2
