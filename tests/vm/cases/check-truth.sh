# --check tells whether this kernel has fprobe and attach cookies as its symbols and types do.
run_to_end --check
answer() { # NAME COMMAND…: which succeeds where the kernel has it
  if "${@:2}"; then
    expect_line "^$1 +ok"
  else
    expect_line "^$1 +missing"
  fi
}
answer fprobe grep -qw register_fprobe_syms /proc/kallsyms
answer cookies grep -qw bpf_get_attach_cookie_trace /proc/kallsyms
