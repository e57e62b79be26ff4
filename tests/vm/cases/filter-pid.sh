# --pid: the process that the CPU runs, not another one that does the same.
two_hosts
mkfifo "$dir/go"
nsenter --net=/run/netns/left -- bash -c 'read -r; exec ping -qc 1 -W 5 10.9.1.1' <"$dir/go" &
pid=$!
exec {go}>"$dir/go"
trace --pid $pid -o pid -p icmp -d 10.9.1.1 -t __ip_local_out
at left ping -qc 1 -W 5 10.9.1.1
echo >&"$go"
expect_packet __ip_local_out 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_line "\[pid:$pid,ping +\]\[__ip_local_out "
expect_count 1
run_to_end --pid 4194303
expect_refused 2 'there is no process 4194303'
run_to_end --pid ${$}0
expect_refused 2 "there is no process ${$}0; near ones are .*$$ \(cases\)"
run_to_end --pid ping
expect_refused 2 "'ping' is not the number of a process"
