# What README.md and docs/ show is what nettrace prints. The pages show a kernel that attaches by kprobe-multi.
offered kprobe-multi || skip "this kernel has no kprobe-multi"
! offered fentry-multi || skip "nettrace prefers fentry-multi on this kernel"
NETTRACE=$nettrace timeout 300 "$vm/../docs/check" --guest
