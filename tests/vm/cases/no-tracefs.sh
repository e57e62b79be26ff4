# Without tracefs and debugfs it traces all the same.
two_hosts
via=(unshare -m sh -c 'umount -R /sys/kernel/debug /sys/kernel/tracing && exec "$@"' sh)
trace -t ip_rcv,kfree_skb -p udp
send left veth0 '4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet ip_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
via=()
expect mountpoint -q /sys/kernel/tracing
