# Names for -t that no function to trace has: status 2 and one line that says why.
refused() { # REGEX ARGUMENTS…
  local regex=$1
  shift
  run_to_end "$@"
  echo "$*" >"$dir/arguments"
  expect_refused 2 "$regex"
}
refused 'ip_protocol_deliver_rcx.*did you mean.*ip_protocol_deliver_rcu' -t ip,ip_protocol_deliver_rcx
refused 'function vfs_read has no skb among its arguments' -t vfs_read
refused "no function to trace matches 'nosuch\*'" -t 'ip,nosuch*'
refused "no function to trace matches 'vfs_\*'" -t 'vfs_*'
refused 'no_such_function' -t 'all,!no_such_function'
refused 'excludes all' -t 'ip_rcv,!ip_r*'
refused '/etc/passwd.*no BTF' --btf /etc/passwd
refused '/nonexistent.*No such file' --btf /nonexistent
