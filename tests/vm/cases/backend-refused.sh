# A backend that the kernel lacks is refused with those that it has; -v tells which one was chosen, and why.
for backend in fentry-multi kprobe-multi; do
  offered $backend && continue
  run_to_end --backend $backend -p icmp
  expect_refused 1 "cannot attach by $backend; it offers .*kprobe"
done
trace -v -p icmp -t ip,icmp
finish
expect_error_line 'attaching by [a-z-]+: .'
expect_error_line 'attached: [0-9]+ functions by '
