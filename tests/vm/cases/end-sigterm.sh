# SIGTERM ends it like Ctrl-C: every probe goes, status 0.
remember_probes
trace -t ip,icmp
expect_probes
finish TERM
expect_no_probe_left
