# A packet of which nothing is seen for --idle-timeout is shown as unfinished; when it goes on, nothing is mixed up.
two_hosts
at right tc qdisc add dev veth1 root netem delay 6s
trace -p icmp --timeline --idle-timeout 2s -s 10.9.1.1 -t ip_output,netem_enqueue,icmp_rcv,life
at left ping -qc 1 -W 20 10.9.1.1 >/dev/null &
await 20 block_of 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_line '^\(unfinished: nothing was seen of it for too long\)$'
wait $!
finish
