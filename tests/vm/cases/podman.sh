# The images under a container engine, as docs/install.md says; a guest has neither systemd nor a disk, which is what the
# options before the verb are for.
images=$(readlink -m "$vm/../../build/packages")
[ -e "$images/docker-nettrace.tar.bz2" ] || skip "scripts/package has not made it"
offered kprobe-multi || [ "${NETTRACE_PATIENT-}" ] || skip "the engine takes a minute, and is the same on each kernel"
two_hosts
mountpoint -q /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup
engine=(podman --storage-driver vfs --cgroup-manager cgroupfs --events-backend file)
host=(--privileged --pid=host --network=host -v /run/netns:/run/netns)

"${engine[@]}" load -i "$images"/nettrace-*.oci.tar >"$dir/load"
image=$(sed -n 's/^Loaded image: *//p' "$dir/load")
via=("${engine[@]}" run --rm "${host[@]}") nettrace=$image
trace -p icmp --netns left --if veth0 -t icmp -o netns,if
at left ping -qc 1 -W 5 10.9.1.1
expect_line '\[netns:left *\]\[.*veth0 *\]\[icmp_rcv *\]: ICMP: 10.9.1.1 -> 10.9.1.2, ping reply'
finish
expect_only 'ICMP: *'

"${engine[@]}" import "$images/docker-nettrace.tar.bz2" nettrace >"$dir/import"
"${engine[@]}" run -itd -v /lib/modules/:/lib/modules/ --name nettrace --privileged --network=host nettrace bash >"$dir/run"
via=("${engine[@]}" exec nettrace) nettrace=nettrace
trace -p icmp -t icmp --limit 1
at left ping -qc 1 -W 5 10.9.1.1
wait_for_end
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
run_to_end --pid 1 --limit 1 --duration 1ms
expect_error_line '--pid 1 is the number that the host knows it by'
"${engine[@]}" rm -f nettrace >"$dir/rm"
