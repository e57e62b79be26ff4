# A recording tells in which times records were lost: what lived then is marked, and nothing else.
recorded() {
  "$nettrace" -r "$dir/loss.ntr" 2>/dev/null | grep -q 'UDP: .*5300'
}
two_hosts
trace -w "$dir/loss.ntr" -p udp --dport 5300 -t ip,udp,life --buffer-size 64k
"$traffic/talk" udp left right 10.9.1.1 5300
await 20 recorded
kill -STOP "${pids[$who]}"
"$traffic/burst" 1000 5300
kill -CONT "${pids[$who]}"
finish
expect_error_line '[1-9][0-9]* lost'
run_to_end -r "$dir/loss.ntr" --timeline
expect_line '^\(events were lost meanwhile: it may lack some\)$'
block_of 'UDP: *5300*' >"$dir/block"
expect [ -z "$(grep 'events were lost' "$dir/block")" ]
