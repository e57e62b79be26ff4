# More events than the ring holds while nettrace does not run: what was lost is said.
trace -p udp --dport 5300 -t ip,udp
kill -STOP "${pids[$who]}"
"$traffic/burst" 10000 5300
kill -CONT "${pids[$who]}"
finish
printed=$(($(wc -l <"$dir/trace.out") - 1))
expect_error_line "$printed events printed, [1-9][0-9]* lost"
