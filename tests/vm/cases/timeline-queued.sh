# Ends are followed though -t holds none, which a line says; what is still open at the end is marked.
two_hosts
trace -p udp --dport 5300 -t udp_rcv,__udp_enqueue_schedule_skb --timeline
expect_error_line 'ends are traced, but not shown'
at left python3 -S -c 'import socket; socket.socket(2, 2).sendto(b"x", ("10.9.1.1", 5300))'
await 20 block_of 'UDP: 10.9.1.2:* -> 10.9.1.1:5300, len:9'
at right python3 -S - <<'EOF' >"$dir/server" &
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.9.1.1", 5300))
print("bound", flush=True)
time.sleep(60)
EOF
await 20 grep -q bound "$dir/server"
at left python3 -S -c 'import socket; socket.socket(2, 2).sendto(b"xy", ("10.9.1.1", 5300))'
queued() { at right cat /proc/net/udp | awk 'NR > 1 && $5 !~ /:00000000$/ { n++ } END { exit !n }'; }
await 20 queued
finish
block_of 'UDP: 10.9.1.2:* -> 10.9.1.1:5300, len:10' >"$dir/block"
in_block udp_rcv __udp_enqueue_schedule_skb
expect grep -qx '(unfinished: tracing ended)' "$dir/block"
expect_blocks 2
