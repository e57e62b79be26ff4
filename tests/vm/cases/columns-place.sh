# netns, mark, len: what ip, ping and the packet's size say; in JSON and recordings, too.
two_hosts
left=$(stat -L -c %i /run/netns/left) right=$(stat -L -c %i /run/netns/right)
trace -o netns,mark,len -p icmp -d 10.9.1.1 -t __ip_local_out,ip_rcv
at left ping -qc 1 -W 5 -m 23 -s 100 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line ": \[netns:$left\]\[mark:0x17      \]\[len:128  \]\[__ip_local_out          \]: "
expect_line ": \[netns:$right\]\[mark:0x0       \]\[len:128  \]\[ip_rcv                  \]: "
trace -w "$dir/ping.ntr" -p icmp -d 10.9.1.1 -t __ip_local_out,ip_rcv
at left ping -qc 1 -W 5 -m 23 -s 100 10.9.1.1
finish
run_to_end -r "$dir/ping.ntr" -o netns,mark --netns "$left"
expect_line ": \[netns:$left\]\[mark:0x17      \]\[__ip_local_out          \]: "
expect_no_line 'ip_rcv'
run_to_end -r "$dir/ping.ntr" -o netns,mark --json
expect_schema
expect_line "\"function\":\"ip_rcv\".*\"netns\":$right,\"mark\":0,"
run_to_end -r "$dir/ping.ntr" --mark 0x17 --len 128 --if veth0
expect [ ! -s "$dir/trace.out" ]
run_to_end -r "$dir/ping.ntr" --netns left
expect_refused 2 "a recording has no network namespace 'left'"
run_to_end -r "$vm/../recordings/ping.ntr" -o mark
expect_refused 2 'has neither network namespaces nor marks'
run_to_end -r "$vm/../recordings/ping.ntr" -o len
expect_line '\[len:'
