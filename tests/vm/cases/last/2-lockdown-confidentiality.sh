# A kernel locked down to confidentiality cannot be traced: status 1, and the line says why.
remember_probes
echo confidentiality >/sys/kernel/security/lockdown
run_to_end -p icmp
expect_refused 1 'locked down to confidentiality'
expect_no_probe_left
run_to_end --check
expect_line '^lockdown +missing.*confidentiality'
