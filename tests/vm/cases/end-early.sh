# Ctrl-C while all probes are being attached: it ends, and none is left.
remember_probes
set -m
"$nettrace" -p icmp >"$dir/trace.out" 2>"$dir/trace.err" &
pids[trace]=$!
set +m
await 60 some_probe || fail "no probe is attached"
finish
expect_no_probe_left
