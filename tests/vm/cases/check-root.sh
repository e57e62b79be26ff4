# --check as root: a line for each thing that tracing needs, status 0.
run_to_end --check
expect [ "$status" = 0 ]
for thing in privileges lockdown BTF kprobes fprobe cookies tracefs; do
  expect_line "^$thing +"
done
for thing in privileges lockdown BTF kprobes tracefs; do
  expect_line "^$thing +ok"
done
