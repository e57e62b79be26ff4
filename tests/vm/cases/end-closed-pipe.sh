# The reader of its output goes while nothing is traced: it ends at once.
remember_probes
mkfifo "$dir/pipe"
"$nettrace" -t icmp_rcv -s 192.0.2.1 >"$dir/pipe" 2>"$dir/trace.err" &
pids[trace]=$!
exec {reader}<"$dir/pipe"
read -r line <&$reader
expect [ "$line" = "begin tracing......" ]
expect_probes
exec {reader}<&-
wait_for_end
expect [ "$status" = 0 ]
expect_no_probe_left
