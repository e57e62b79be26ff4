# With traffic under way: a packet is shown whole or not at all, whether it passes while probes are attached or detached,
# and none is taken for another one.
two_hosts
at left tc qdisc add dev veth0 root netem delay 30ms # so that one is under way at any time
at left ping -qi 0.03 10.9.1.1 >"$dir/ping" &
whole_and_one() { # each block is of one ping
  awk '/^<-----/ { blocks++; delete seen; pings = 0 }
       /seq: [0-9]+/ && !($NF in seen) { seen[$NF]; pings++ }
       /^$/ && blocks && pings != 1 { print "mixed: " pings; exit 1 }' "$dir/trace.out"
}
begins() { # how each block begins
  grep -A1 '^<-----' "$dir/trace.out" | sed -nE 's/^[0-9.]+: \[([a-z_0-9]+) .*/\1/p' | sort -u | tr '\n' ' '
}
trace --backend kprobe -t ip,icmp,life -p icmp -s 10.9.1.2 --timeline -c 3
wait_for_end
expect whole_and_one
expect [ "$(begins)" = '__ip_local_out ' ]
trace -t ip,link-out,life -p icmp -s 10.9.1.2 --timeline
expect_line '^<-----'
finish
expect whole_and_one
trace --count-only -t ip_rcv,ip_local_deliver,icmp_rcv -p icmp -s 10.9.1.2 --interval 1s
expect_line 'hits of 3 functions'
finish
counts=$(sed -nE '/hits? of/{n;s/^ *([0-9]+) .*/\1/p;n;s/^ *([0-9]+) .*/\1/p;n;s/^ *([0-9]+) .*/\1/p}' "$dir/trace.out" | tail -n 3 | sort -un | wc -l)
expect [ "$counts" -le 2 ] # one ping may be between two of them when the counters are read
