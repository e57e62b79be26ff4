# -t with exclusions: of a group, of a glob, of a function; alone, they are of all.
two_hosts
trace -t 'ip,icmp,!ip-out,!ip_rcv_*,!icmp_echo' -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_line '\[ip_rcv '
expect_no_line '\[(ip_output|ip_finish_output|ip_rcv_core|ip_rcv_finish|icmp_echo) '
trace -t '!nf_*,!skb_clone,!link' -p icmp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_line '\[ip_output '
expect_no_line '\[(nf_hook_slow|skb_clone|dev_hard_start_xmit|__netif_receive_skb_core) '
