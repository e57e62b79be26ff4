# --stack: the callers stand under their line, innermost first, in modules too; each event has its own.
two_hosts
trace -p icmp -d 10.9.1.1 -t icmp_rcv,veth_xmit --stack
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line '^ {8}ip_local_deliver_finish\+0x[0-9a-f]+$'
expect_line '^ {8}veth_xmit\+0x[0-9a-f]+ \[veth\]$|^ {8}dev_hard_start_xmit\+0x[0-9a-f]+$'
expect [ "$(grep -cE '^ {8}icmp_rcv\+0x|^ {8}ip_protocol_deliver_rcu\+0x' "$dir/trace.out")" -ge 1 ]
below=$(grep -A1 'icmp_rcv  ' "$dir/trace.out" | tail -n 1)
expect [ "${below:0:8}" = "        " ]
