# Traffic control: a queue that delays on the way out, a filter that drops on the way in.
two_hosts
at left tc qdisc add dev veth0 root netem delay 5ms
at right tc qdisc add dev veth1 clsact
at right tc filter add dev veth1 ingress protocol ip flower ip_proto icmp action drop
trace -p icmp -t link,ip,icmp,life
at left ping -qc 1 -W 1 10.9.1.1 || :
expect_packet tcf_action_exec 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' netem_enqueue dev_hard_start_xmit tcf_action_exec
expect_no_packet ip_rcv 'ICMP: *'
