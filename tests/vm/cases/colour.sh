# Colour on a terminal only, and not there either with NO_COLOR; --color has the last word. terminal.sh says which.
escape=$'\033\\[[0-9;]*m'
recording=$vm/../recordings/ping.ntr
on_terminal() { # ARGUMENT…: prints what a terminal gets
  script -qefc "$nettrace -r $recording $*" /dev/null </dev/null | tee "$dir/terminal"
}
NO_COLOR='' on_terminal | grep -q "$escape" || fail "no colour on a terminal"
NO_COLOR=1 on_terminal --detail >"$dir/plain"
expect grep -q '\[icmp_rcv *\]: ICMP: ' "$dir/plain"
! grep -q "$escape" "$dir/plain" || fail "colour in spite of NO_COLOR"
NO_COLOR=1 on_terminal --color always | grep -q "$escape" || fail "no colour in spite of --color"
TERM=dumb on_terminal >"$dir/plain"
! grep -q $'\033' "$dir/plain" || fail "colour on a terminal that has none"
run_to_end -r "$recording"
! grep -q "$escape" "$dir/trace.out" || fail "colour in a file"
run_to_end -r "$recording" --color always
expect grep -q "$escape" "$dir/trace.out"
