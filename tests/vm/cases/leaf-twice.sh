# A name that several functions bear: it is left out and said, and the others are traced.
twice=$(awk '$2 ~ /^[tT]$/ && !$4 && $3 ~ /^[a-z][a-z_]+$/ {print $3}' /proc/kallsyms | sort | uniq -d | head -n 1)
expect [ "$twice" ]
tree=$dir/tracer.json
echo '{"name": "all", "desc": "two", "children": [{"name": "'"$twice"'", "skb": 0}, {"name": "icmp_rcv", "skb": 0}]}' >"$tree"
two_hosts
trace --tracer-file "$tree" -t "$twice,icmp_rcv" -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
# Where all are static, they may be one inline function's copies.
expect_error_line "$twice is (ambiguous: [0-9]+ functions of this kernel bear its name|inlined in this kernel)"
