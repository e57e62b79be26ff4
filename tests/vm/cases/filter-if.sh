# --if: what is at an interface of that name; the name is looked up in all namespaces, or in the one of --netns.
two_hosts
trace --netns right --if veth1 -p icmp -t __ip_local_out,dev_hard_start_xmit,ip_rcv
at left ping -qc 1 -W 5 10.9.1.1
finish
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet dev_hard_start_xmit 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_count 2
# After a longer name, too.
at right ip link set veth1 down
at right ip link set veth1 name a-longer-name
at right ip link set a-longer-name name v
at right ip link set v up
at right ip neigh add 10.9.1.2 lladdr 02:00:00:00:00:02 dev v
via=(nsenter --net=/run/netns/right --)
trace --if v -p icmp -t ip_rcv
at left ping -qc 1 -W 5 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_count 1
trace --if lo -p icmp -t ip_rcv
at left ping -qc 1 -W 5 10.9.1.1
finish
expect_count 0
via=()
trace --if veth0 -p icmp -t ip_rcv # it is in another namespace than this one
at left ping -qc 1 -W 5 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_count 1
run_to_end --if vteh0
expect_refused 2 "there is no interface 'vteh0' in any namespace; did you mean veth0\?"
run_to_end --netns left --if vteh0
expect_refused 2 "there is no interface 'vteh0' in namespace 'left'; did you mean veth0\?"
run_to_end --if a/b
expect_refused 2 "'a/b' cannot be the name of an interface"
