# --time: since boot, the time of day, or since the line before; recordings know the time of day.
two_hosts
pinged() { # FORM
  before=$(date -u +%H:%M:%S)
  trace --time "$1" -p icmp -d 10.9.1.1 -t ip_rcv,icmp_rcv
  at left ping -qc 1 -W 5 10.9.1.1
  expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  finish
  after=$(date -u +%H:%M:%S)
}
expect_between() { # of the first line, before midnight
  local time
  time=$(sed -nE '2s/^([0-9]{2}:[0-9]{2}:[0-9]{2})\.[0-9]{6}: .*/\1/p' "$dir/trace.out")
  [[ $before < $after || $before = "$after" ]] || return 0
  [[ ! $time < $before && ! $time > $after ]] || fail "$time is not between $before and $after"
}
pinged boot
expect_line '^[0-9]+\.[0-9]{6}: \[ip_rcv '
pinged utc
expect_between
via=(env TZ=XYZ-05:30)
pinged local
utc=$(TZ=UTC date -d "$(sed -nE '2s/^([0-9:]+)\..*/\1/p' "$dir/trace.out") +0530" +%H:%M:%S)
sed -E -i "2s/^[0-9:]+/$utc/" "$dir/trace.out"
expect_between
via=()
pinged delta
expect_line '^0\.000000: \[ip_rcv '
expect_line '^[0-9]\.[0-9]{6}: \[icmp_rcv '
trace -w "$dir/ping.ntr" -p icmp -d 10.9.1.1 -t ip_rcv
before=$(date -u +%H:%M:%S)
at left ping -qc 1 -W 5 10.9.1.1
after=$(date -u +%H:%M:%S)
finish
run_to_end -r "$dir/ping.ntr" --time utc
sed -i 1i- "$dir/trace.out"
expect_between
run_to_end --time lokal
expect_refused 2 "'lokal' is not a form of time; did you mean local\?"
