# netns, mark, len: what ip, ping and the packet's size say; in JSON and recordings, too. A namespace is shown by the name
# that ip netns gave it, or by the container that its first process is in.
two_hosts
unshare --net sh -c 'ip addr add 10.9.1.1/32 dev lo; ip link set lo up; exec sleep 1000' &
container=$!
await 20 grep -q 10.9.1.1 "/proc/$container/net/fib_trie"
mkdir "/sys/fs/cgroup/docker-$(printf '0123456789ab%052d' 0).scope"
echo $container >"/sys/fs/cgroup/docker-$(printf '0123456789ab%052d' 0).scope/cgroup.procs"
left=$(stat -L -c %i /run/netns/left) right=$(stat -L -c %i /run/netns/right)
trace -o netns,mark,len -p icmp -d 10.9.1.1 -t __ip_local_out,ip_rcv
at left ping -qc 1 -W 5 -m 23 -s 100 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
nsenter -t $container --net ping -qc 1 -W 5 -m 42 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line ': \[netns:left      \]\[mark:0x17      \]\[len:128  \]\[__ip_local_out          \]: '
expect_line ': \[netns:right     \]\[mark:0x0       \]\[len:128  \]\[ip_rcv                  \]: '
expect_line ': \[netns:0123456789ab\]\[mark:0x2a      \]\[len:84   \]\[__ip_local_out          \]: '
run_to_end --netns 0123456789ab --if veth0
expect_refused 2 "there is no interface 'veth0' in namespace '0123456789ab'; there are lo"
trace -w "$dir/ping.ntr" -p icmp -d 10.9.1.1 -t __ip_local_out,ip_rcv
at left ping -qc 1 -W 5 -m 23 -s 100 10.9.1.1
finish
run_to_end -r "$dir/ping.ntr" -o netns,mark --netns "$left"
expect_line ": \[netns:$left\]\[mark:0x17      \]\[__ip_local_out          \]: "
expect_no_line 'ip_rcv'
run_to_end -r "$dir/ping.ntr" -o netns,mark --json
expect_schema
expect_line "\"function\":\"ip_rcv\".*\"netns\":$right,\"netns_name\":null,\"mark\":0,"
run_to_end -r "$dir/ping.ntr" --mark 0x17 --len 128 --if veth0
expect [ ! -s "$dir/trace.out" ]
run_to_end -r "$dir/ping.ntr" --netns left
expect_refused 2 "a recording has no network namespace 'left'"
run_to_end -r "$vm/../recordings/ping.ntr" -o mark
expect_refused 2 'has neither network namespaces nor marks'
run_to_end -r "$vm/../recordings/ping.ntr" -o len
expect_line '\[len:'
