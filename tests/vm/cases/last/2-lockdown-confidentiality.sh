# A kernel locked down to confidentiality cannot be traced: status 1, and the line says why, whatever the backend.
remember_probes
echo confidentiality >/sys/kernel/security/lockdown
for backend in auto fentry-multi fentry kprobe-multi kprobe; do
  run_to_end --backend $backend -p icmp
  expect_refused 1 'locked down to confidentiality'
done
expect_no_probe_left
run_to_end --check
expect_line '^lockdown +missing.*confidentiality'
