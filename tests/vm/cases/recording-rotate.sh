# -C and -W: files of a size, the first overwritten, each readable alone; -w - is a stream for -r -.
two_hosts
trace -w "$dir/t.ntr" -C 100k -W 2 -p icmp -t ip,icmp
at left ping -qc 40 -i 0.01 -W 5 10.9.1.1
finish
expect_error_line "-W has overwritten [1-9][0-9]* of the records"
expect [ -s "$dir/t.ntr0" ]
expect [ -s "$dir/t.ntr1" ]
expect [ ! -e "$dir/t.ntr2" ]
for n in 0 1; do
  run_to_end -r "$dir/t.ntr$n"
  expect [ "$status" = 0 ]
  expect_line 'ICMP: 10.9.1.'
done
"$nettrace" -w - -p icmp -t icmp_rcv --limit 2 2>"$dir/writer.err" | "$nettrace" -r - >"$dir/trace.out" 2>"$dir/trace.err" &
await 60 grep -q 'begin tracing' "$dir/writer.err"
at left ping -qc 1 -W 5 10.9.1.1
wait $!
expect [ "$(wc -l <"$dir/trace.out")" = 2 ]
