# What the pruner takes out of the programs changes nothing of what they do: this kernel runs both forms over the same packets.
runs=$(dirname "$nettrace")/pruned_runs
[ -x "$runs" ] || skip "no pruned_runs beside nettrace: build it"
"$runs" >"$dir/trace.out" || fail "the pruned programs do something else"
expect [ "$(grep -c ' pruned to ' "$dir/trace.out")" = 13 ]
