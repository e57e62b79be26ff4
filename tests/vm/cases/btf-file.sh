# --btf: a kernel that has no BTF is traced by a file that holds it, and functions that the tree lacks are found in that.
cp /sys/kernel/btf/vmlinux "$dir/vmlinux.btf"
via=(unshare -m sh -c 'mount -t tmpfs none /sys/kernel/btf && exec "$@"' sh)
two_hosts
trace -v --btf "$dir/vmlinux.btf" -p icmp -t ip,icmp,life,ip_protocol_deliver_rcu --skb-mode
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
expect_packet ip_protocol_deliver_rcu 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_only 'ICMP: *'
expect_error_line 'attached: [0-9]+ functions by kprobe'
run_to_end --btf "$dir/vmlinux.btf" --backend fentry -t ip
expect_refused 1 'cannot attach by fentry'
