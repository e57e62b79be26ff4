# Not root: status 1, and the line says what is missing.
via=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run_to_end -p icmp
expect_refused 1 'CAP_(BPF|SYS_ADMIN|PERFMON).*root'
