# --len: skb->len as the function has it, a number or a range with open ends.
two_hosts
pings() { # of 127, 128 and 129 bytes with their IP headers
  local size
  for size in 99 100 101; do
    at left ping -qc 1 -W 5 -s $size 10.9.1.1
  done
}
lengths() { # RANGE LENGTH…
  trace --len "$1" -p icmp -d 10.9.1.1 -o len -t ip_rcv
  pings
  finish
  expect [ "$(sed -nE 's/.*\[len:([0-9]+) *\]\[ip_rcv .*/\1/p' "$dir/trace.out" | paste -sd ' ')" = "${*:2}" ]
}
lengths 128 128
lengths 128: 128 129
lengths :128 127 128
lengths 128:1000 128 129
lengths 130: ''
run_to_end --len 9:1
expect_refused 2 'no packet can match --len 9:1; .* 1:9'
