# Root without CAP_BPF (and CAP_SYS_ADMIN, which stands for it): that one is named.
via=(setpriv --bounding-set=-bpf,-sys_admin)
run_to_end -p icmp
expect_refused 1 'CAP_BPF'
expect_no_error_line 'CAP_PERFMON'
