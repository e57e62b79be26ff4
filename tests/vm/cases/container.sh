# The seed's way without docker, word for word, and the image's: the program alone, with the kernel's files beside it.
images=$(readlink -m "$vm/../../build/packages")
[ -e "$images/docker-nettrace.tar.bz2" ] || skip "scripts/package has not made it"
two_hosts
folder=$(mktemp -d)
cp "$images/docker-nettrace.tar.bz2" "$folder"
cd "$folder" || fail "no folder"
cp /proc/self/mounts "$dir/mounts"
mkdir nettrace && tar -xf ./docker-nettrace.tar.bz2 -C nettrace
cd nettrace || fail "nothing in it"

via=(./ntenter.sh) nettrace=nettrace
trace -p icmp --addr 10.9.1.1 --netns left -o if
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
echo 'nettrace --version && ls /sys/kernel/tracing/events /dev/pts /run/netns/left' | ./ntenter.sh >"$dir/second"
expect grep -q '^nettrace' "$dir/second"
expect grep -qx skb "$dir/second"
expect cmp "$dir/mounts" /proc/self/mounts
./ntenter.sh clean 2>"$dir/busy" && fail "clean says that nothing runs in there"
expect grep -q "process ${pids[trace]} still runs in $PWD: end it first" "$dir/busy"
finish
expect_only 'ICMP: *'
./ntenter.sh clean
expect cmp "$dir/mounts" /proc/self/mounts

mkdir -p "$folder/empty"/{proc,sys}
cp usr/sbin/nettrace "$folder/empty"
via=(chroot "$folder/empty") nettrace=/nettrace
run_to_end -p icmp
expect_refused 1 'not mounted here: /proc, /sys'
via=(unshare -m sh -c 'mount --rbind /proc "$0/proc" && mount --rbind /sys "$0/sys" && exec chroot "$0" "$@"' "$folder/empty")
trace -p icmp --addr 10.9.1.1
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_only 'ICMP: *'
cd / && rm -rf "$folder" # what was mounted in there is not
expect [ -e /sys/kernel/tracing/events ]
expect [ -c /dev/null ]
