# -c ends after so many finished blocks, --limit after so many lines, --duration after a time.
two_hosts
trace -p icmp --timeline -c 2 -t ip_rcv,icmp_rcv,life
at left ping -qc 1 -W 5 10.9.1.1
wait_for_end
expect [ "$status" = 0 ]
expect_blocks 2
trace -p icmp --limit 3 -t ip_rcv,ip_output
at left ping -qc 1 -W 5 10.9.1.1
wait_for_end
expect [ "$status" = 0 ]
expect_count 3
trace -p icmp --duration 100ms -t icmp_rcv
wait_for_end
expect [ "$status" = 0 ]
expect_count 0
