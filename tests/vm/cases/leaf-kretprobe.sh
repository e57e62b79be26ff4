# A kretprobe leaf is shown when its function returns, with the packet as it was at the call, which has freed it.
tree=$dir/tracer.json
echo '{"name": "all", "children": ["icmp_echo", {"name": "icmp_rcv", "type": "kretprobe"}]}' >"$tree"
two_hosts
trace --tracer-file "$tree" -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' icmp_echo icmp_rcv
expect_no_line 'return value'
expect_count 3
