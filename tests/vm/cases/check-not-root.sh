# --check without root: it still answers, and names the remedy.
via=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run_to_end --check
expect_line '^privileges +missing.*CAP_BPF.*root'
expect_line '^BTF +ok'
