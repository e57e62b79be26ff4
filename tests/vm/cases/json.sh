# --json: what docs/nettrace.schema.json promises, for events, returns, stacks and packets; nothing else on standard output.
two_hosts
for mode in --timeline --ret; do
  "$nettrace" --json "$mode" -p icmp -t ip_rcv,ip_output,icmp,life --stack-tracer icmp >"$dir/trace.out" 2>"$dir/trace.err" &
  pids[$who]=$!
  await 60 grep -q 'begin tracing' "$dir/trace.err"
  at left ping -qc 1 -W 5 10.9.1.1
  await 20 grep -q '"icmp_rcv".*ping reply' "$dir/trace.out"
  finish
  expect_schema
  tail -n 1 "$dir/trace.out" | grep -q '"type":"summary"' || fail "no summary"
done
expect_line '"type":"event".*"function":"icmp_rcv".*"return":\{"value":"0x0"'
