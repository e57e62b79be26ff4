# A session at a terminal, compared: a line says that it is tracing until there is something to show, packets come in colour
# and in columns as wide as the longest name, and Ctrl-C leaves a summary. Beside a file on standard output the line stays,
# beside a pipe there is none. Attaching that takes long has a bar; a table fits the screen.
two_hosts
export TERM=xterm-256color LC_ALL=C.UTF-8
tmux() { command tmux -u -L case -f /dev/null "$@"; }

at_terminal() { # COMMAND: on a terminal of 110 columns and 14 lines
  tmux new-session -d -x 110 -y 14 "tmux -L case set remain-on-exit on; $1"
}
on_screen() { # REGEX
  tmux capture-pane -p | grep -qE -- "$1"
}
screen_shows() { # REGEX
  await 60 on_screen "$1" || fail "no $1 on the screen: $(tmux capture-pane -p)"
}
leave() {
  tmux send-keys C-c
  screen_shows '^nettrace: [0-9]+ .*, 0 lost$'
  tmux capture-pane -p | sed -E '/^$/d; /^Pane is dead/d; s/^[0-9]+\.[0-9]{6}: /T: /' >"$dir/screen"
  tmux kill-server
}

at_terminal "$nettrace -o module -t ip_rcv,icmp_rcv,tcp_timewait_state_process -p icmp -s 10.9.1.2"
screen_shows '^tracing 3 functions, 0 matched, 0 lost, Ctrl-C to end$'
at left ping -qc 1 -W 5 10.9.1.1
screen_shows '\[icmp_rcv '
tmux capture-pane -pe >"$dir/colours"
leave
diff - "$dir/screen" <<'EOF' || fail "the screen has something else"
begin tracing......
T: [ip-in       ][ip_rcv                    ]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1
T: [icmp-in     ][icmp_rcv                  ]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1
nettrace: 2 events printed, 0 lost
EOF
expect grep -qE $'\033\\[33m\\[ip_rcv ' "$dir/colours"
expect grep -qE $'\033\\[92m\\[icmp_rcv ' "$dir/colours"

at_terminal "$nettrace -t icmp_rcv -p icmp -s 10.9.1.2 >$dir/lines"
screen_shows '^tracing 1 function, 0 matched, 0 lost'
at left ping -qc 1 -W 5 10.9.1.1
screen_shows '^tracing 1 function, 1 matched, 0 lost'
leave
expect grep -q '\[icmp_rcv                \]: ICMP' "$dir/lines"

at_terminal "$nettrace -t icmp_rcv -p icmp -s 10.9.1.2 | cat"
screen_shows '^begin tracing'
at left ping -qc 1 -W 5 10.9.1.1
screen_shows '\[icmp_rcv '
! on_screen '^tracing' || fail "a status line among those of a pipe"
leave

at_terminal "script -qefc '$nettrace --backend kprobe --count-only --interval 300ms -t link,ip,icmp' $dir/written"
screen_shows '^tracing [0-9]+ functions, '
at left ping -qc 20 -i 0.1 -W 5 10.9.1.1 &
screen_shows '^… [0-9]+ more$'
expect [ "$(tmux capture-pane -p | grep -c ' hits of ')" = 1 ]
wait $!
leave
expect grep -qE $'\r\033\\[Kattaching \\[#+ *\\] [0-9]+ of [0-9]+\r\033\\[K' "$dir/written"
