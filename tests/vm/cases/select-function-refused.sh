# Names for -t that no function to trace has: status 2 and one line that says why.
words_refused 'ip_protocol_deliver_rcx.*did you mean.*ip_protocol_deliver_rcu' -t ip,ip_protocol_deliver_rcx
words_refused 'function vfs_read has no skb among its arguments' -t vfs_read
words_refused "no function that handles packets matches 'nosuch\*'" -t 'ip,nosuch*'
words_refused "no function that handles packets matches 'vfs_\*'" -t 'vfs_*'
words_refused 'no_such_function' -t 'all,!no_such_function'
words_refused 'excludes all' -t 'ip_rcv,!ip_r*'
words_refused '/etc/passwd.*no BTF' --btf /etc/passwd
words_refused '/nonexistent.*No such file' --btf /nonexistent
