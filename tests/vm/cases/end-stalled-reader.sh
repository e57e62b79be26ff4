# Nobody reads its output any more: the end of --duration, and a signal, take the probes away all the same. Another signal
# ends the wait for the reader, and what it did not get is said to be lost.
mkfifo "$dir/pipe"
stall() { # ARGUMENTS
  remember_probes
  "$nettrace" -p udp --dport 5300 -t ip,udp "$@" >"$dir/pipe" 2>"$dir/trace.err" &
  pids[trace]=$!
  exec {reader}<"$dir/pipe"
  read -r line <&$reader
  expect [ "$line" = "begin tracing......" ]
  expect_probes
  "$traffic/burst" 10000 5300 # a pipe holds some thousand lines
}
# Programs stay loaded, for their counters of missed hits, but nothing calls them.
detached() {
  [ "$(probes | grep -v ^programs)" = "$(grep -v ^programs <<<"$probes_before")" ]
}
give_up() {
  await 90 detached || fail "still attached: $(probes)"
  expect running
  kill -s TERM "${pids[trace]}"
  wait_for_end
  expect_no_probe_left
  expect_error_line '; [1-9][0-9]* lines of them not written: nobody read standard output$'
  exec {reader}<&-
}
stall
kill -s TERM "${pids[trace]}"
give_up
stall --duration 20s # in which the burst has passed on a slow machine
give_up

# A reader that comes back gets all that was printed.
stall
kill -s TERM "${pids[trace]}"
await 90 detached || fail "still attached: $(probes)"
lines=$(wc -l <&$reader)
exec {reader}<&-
wait_for_end
expect_error_line "^nettrace: $lines events printed, "
