# Sessions at a terminal, compared: a line says that it is tracing until there is something to show, packets come in colour
# and in columns as wide as the longest name, and Ctrl-C leaves a summary. Beside a file on standard output the line stays,
# beside a pipe there is none. Attaching that takes long has a bar; a table fits the screen.
two_hosts
export TERM=xterm-256color LC_ALL=C.UTF-8
tmux() { command tmux -u -L case -f /dev/null "$@"; }

at_terminal() { # NAME COMMAND: on a terminal of 110 columns and 14 lines
  tmux new-session -d -s "$1" -x 110 -y 14 "trap : INT; $2; exec cat" # which leaves on the screen what was said last
}
on_screen() { # NAME REGEX
  tmux capture-pane -p -t "$1" | grep -qE -- "$2"
}
screen_shows() { # NAME REGEX
  await 60 on_screen "$@" || fail "no $2 on the screen: $(tmux capture-pane -p -t "$1")"
}
leave() { # NAME: what stands there then is in $dir/NAME
  tmux send-keys -t "$1" C-c
  screen_shows "$1" '^(\^C)?nettrace: [0-9]+ .*, 0 lost$' # the terminal's echo is erased where there is a status line
  tmux capture-pane -p -t "$1" | sed -E '/^$/d; s/^[0-9]+\.[0-9]{6}: /T: /' >"$dir/$1"
  tmux kill-session -t "$1"
}

at_terminal lines "$nettrace -o module -t ip_rcv,icmp_rcv,tcp_timewait_state_process -p icmp -s 10.9.1.2"
at_terminal file "$nettrace -t icmp_rcv -p icmp -s 10.9.1.2 >$dir/written"
at_terminal pipe "$nettrace -t icmp_rcv -p icmp -s 10.9.1.2 | cat"
screen_shows lines '^tracing 3 functions, 0 matched, 0 lost, Ctrl-C to end$'
screen_shows file '^tracing 1 function, 0 matched, 0 lost'
screen_shows pipe '^begin tracing'
at left ping -qc 1 -W 5 10.9.1.1
screen_shows lines '\[icmp_rcv '
screen_shows file '^tracing 1 function, 1 matched, 0 lost'
screen_shows pipe '\[icmp_rcv '
! on_screen pipe '^tracing' || fail "a status line among those of a pipe"
tmux capture-pane -pe -t lines >"$dir/colours"
leave lines
diff - "$dir/lines" <<'EOF' || fail "the screen has something else"
begin tracing......
T: [ip-in       ][ip_rcv                    ]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1
T: [icmp-in     ][icmp_rcv                  ]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1
nettrace: 2 events printed, 0 lost
EOF
expect grep -qE $'\033\\[33m\\[ip_rcv ' "$dir/colours"
expect grep -qE $'\033\\[92m\\[icmp_rcv ' "$dir/colours"
leave file
expect grep -q '\[icmp_rcv                \]: ICMP' "$dir/written"
leave pipe

at_terminal table "script -qefc '$nettrace --backend kprobe --count-only --interval 300ms -t link,ip,icmp' $dir/script"
screen_shows table ' hits of '
at left ping -qc 20 -i 0.1 -W 5 10.9.1.1 &
screen_shows table '^… [0-9]+ more$'
expect [ "$(tmux capture-pane -p -t table | grep -c ' hits of ')" = 1 ]
wait $!
leave table
expect grep -qE $'\r\033\\[Kattaching \\[#+ *\\] [0-9]+ of [0-9]+\r\033\\[K' "$dir/script"
