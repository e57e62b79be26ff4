# --mark: all of skb->mark, or the bits of a mask.
two_hosts
pings() { # as a socket marks them; veth takes the mark away
  local mark
  for mark in 39 24 23; do
    at left ping -qc 1 -W 5 -m $mark 10.9.1.1
  done
}
trace --mark 0x17 -p icmp -o mark -t ip_output,ip_rcv
pings
finish
expect_line ': \[mark:0x17      \]\[ip_output               \]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_count 1
trace --mark 0x10/0xf0 -p icmp -o mark -t ip_output
pings
finish
expect_line '\[mark:0x17      \]'
expect_line '\[mark:0x18      \]'
expect_count 2
trace --mark 0 -p icmp -o mark -t ip_output
pings
finish
expect_only 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_count 3
run_to_end --mark 0x17/0xf0
expect_refused 2 'no packet can match --mark 0x17/0xf0'
