# Its reader goes in the middle of a trace, as in `| head`: it ends quietly, with status 0.
remember_probes
two_hosts
mkfifo "$dir/pipe"
sed -u 3q <"$dir/pipe" >"$dir/trace.out" &
"$nettrace" -t ip,icmp -p icmp >"$dir/pipe" 2>"$dir/trace.err" &
pids[trace]=$!
await 60 begun
at left ping -qc 2 -i 0.1 -W 5 10.9.1.1
wait_for_end
expect [ "$status" = 0 ]
expect_no_error_line '[Ee]rror|[Pp]ipe'
expect [ "$(wc -l <"$dir/trace.out")" = 3 ]
expect_no_probe_left
