# Colour on a terminal only, and not there either with NO_COLOR.
two_hosts
on_terminal() { # FILE
  script -qefc "$nettrace -t icmp_rcv -p icmp -s 10.9.1.2" "$1" >/dev/null </dev/null &
  await 60 grep -qs 'begin tracing' "$1"
  at left ping -qc 1 -W 5 10.9.1.1
  await 20 grep -q 'seq: 1' "$1" || fail "no line on the terminal"
  pkill -INT -x nettrace
  wait $!
}
escape=$'\033['
NO_COLOR='' on_terminal "$dir/colour"
expect grep -qF "$escape" "$dir/colour"
NO_COLOR=1 on_terminal "$dir/plain"
expect grep -qF '[icmp_rcv                ]: ICMP: ' "$dir/plain"
! grep -qF "$escape" "$dir/plain" || fail "colour in spite of NO_COLOR"
trace -t icmp_rcv -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
! grep -qF "$escape" "$dir/trace.out" || fail "colour in a file"
