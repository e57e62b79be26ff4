# --ret: the line again at the function's return, with the value under it; calls nest; void functions return nothing.
two_hosts
trace -p icmp -d 10.9.1.1 --ret -t ip_local_deliver,ip_local_deliver_finish,icmp_rcv,icmp_reply
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_reply 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' \
  ip_local_deliver ip_local_deliver_finish icmp_rcv icmp_reply icmp_rcv ip_local_deliver_finish ip_local_deliver
expect_values ip_local_deliver 0
expect_values icmp_rcv 0
# Of a compiler's clone, the BTF of 5.10 does not say that it returns nothing.
! grep -q '^icmp_reply$' /sys/kernel/tracing/available_filter_functions || expect_values icmp_reply
