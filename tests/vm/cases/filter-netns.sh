# --netns: a namespace's name, its inode number, a process in it, or one's own; what is at its devices, and not at others'.
two_hosts
inode=$(stat -L -c %i /run/netns/right)
in_right() { # NETNS
  trace --netns "$1" -p icmp -t ip_output,ip_rcv,icmp_rcv
  at left ping -qc 1 -W 5 10.9.1.1
  finish
  expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
  expect_packet ip_output 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
  expect_count 3
}
sleep_in_right() {
  nsenter --net=/run/netns/right -- sleep 600 &
  sleeper=$!
  await 20 entered $sleeper
}
entered() {
  [ "$(stat -L -c %i "/proc/$1/ns/net")" = "$inode" ]
}
in_right right
in_right /run/netns/right
in_right "$inode"
sleep_in_right
in_right $sleeper
kill $sleeper
via=(nsenter --net=/run/netns/right --)
in_right .
via=()
trace --netns . -p icmp -t icmp_rcv
at left ping -qc 1 -W 5 10.9.1.1
ping -qc 1 127.0.0.1
finish
expect_only 'ICMP: 127.0.0.1 -> 127.0.0.1, *'
expect_count 2
# What matched there is followed where it goes.
trace --netns left --skb-mode -p icmp -d 10.9.1.1 -t ip_output,icmp_rcv
at left ping -qc 1 -W 5 10.9.1.1
finish
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
run_to_end --netns rihgt
expect_refused 2 "there is no network namespace 'rihgt'; did you mean right\?"
run_to_end --netns banana
expect_refused 2 "there is no network namespace 'banana'; .* left, right"
run_to_end --netns /etc/hostname
expect_refused 2 "there is no network namespace '/etc/hostname'"
run_to_end --netns 4026531000
expect_refused 2 "there is no network namespace '4026531000'"
run_to_end --netns 4194303
expect_refused 2 'there is no process 4194303'
