# SIGKILL: the kernel takes every probe away.
remember_probes
trace -t ip,icmp
expect_probes
kill -KILL "${pids[$who]}"
wait_for_end
expect [ "$status" = 137 ]
expect_no_probe_left
