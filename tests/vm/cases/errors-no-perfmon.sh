# Root without CAP_PERFMON (and CAP_SYS_ADMIN, which stands for it): that one is named.
via=(setpriv --bounding-set=-perfmon,-sys_admin)
run_to_end -p icmp
expect_refused 1 'CAP_PERFMON'
expect_no_error_line 'CAP_BPF'
