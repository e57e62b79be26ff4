# A function that this kernel has inlined, or only copies of: the line names the one to use.
! grep -q ' T dev_queue_xmit$' /proc/kallsyms || skip "this kernel has dev_queue_xmit"
run_to_end -t dev_queue_xmit
expect [ "$status" = 1 ]
expect_error_line 'dev_queue_xmit .*use __dev_queue_xmit'
