# The reader of its output goes while nothing is traced: it ends at once. Where a table would have come last, it says so.
remember_probes
mkfifo "$dir/pipe"
lose_reader() { # ARGUMENTS
  "$nettrace" "$@" -t icmp_rcv -s 192.0.2.1 >"$dir/pipe" 2>"$dir/trace.err" &
  pids[trace]=$!
  exec {reader}<"$dir/pipe"
  read -r line <&$reader
  expect [ "$line" = "begin tracing......" ]
  expect_probes
  exec {reader}<&-
  wait_for_end
  expect_no_probe_left
}
lose_reader
expect [ "$status" = 0 ]
expect_no_error_line 'error'
lose_reader --count-only
expect [ "$status" = 1 ]
expect_error_line '^nettrace: error: the table found no reader any more'
