# Each flag by itself: a packet with it, and one with all others.
two_hosts
for flag in S A F R P U; do
  others=SAFRPU
  trace --tcp-flags $flag -t ip_rcv
  send left veth0 "4:10.9.1.2>10.9.1.9 tcp:1>80,${others/$flag/}" "4:10.9.1.2>10.9.1.9 tcp:1>80,$flag"
  expect_packet ip_rcv "TCP: 10.9.1.2:1 -> 10.9.1.9:80, seq:1, ack:0 $flag"
  finish
  expect_count 1
done
