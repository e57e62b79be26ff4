# A kernel without BTF: status 1, and the line says so.
via=(unshare -m sh -c 'mount -t tmpfs none /sys/kernel/btf && exec "$@"' sh)
run_to_end -p icmp
expect_refused 1 'BTF|type information'
