# "args" of a leaf: arguments of its function by BTF's names, in lines, JSON and recordings.
two_hosts
reason='reason: NO_SOCKET *'
grep -qa skb_drop_reason /sys/kernel/btf/vmlinux || reason=' *' # before 5.17 nothing says why
datagram() {
  send left veth0 '4:10.9.1.2>10.9.1.1 udp:1000>7'
  expect_packet kfree_skb 'UDP: 10.9.1.2:1000 -> 10.9.1.1:7, len:8'
}
trace -p udp --dport 7 -t kfree_skb -o args
datagram
finish
expect_line "\[$reason\]\[kfree_skb *\]: UDP: 10.9.1.2:1000 -> 10.9.1.1:7"
trace -w "$dir/drop.ntr" -p udp --dport 7 -t kfree_skb
send left veth0 '4:10.9.1.2>10.9.1.1 udp:1000>7'
finish
run_to_end -r "$dir/drop.ntr" -o args
if [ "$reason" = ' *' ]; then
  expect_refused 2 'has no arguments of functions'
  return 0
fi
expect [ "$status" = 0 ]
expect_line "\[$reason\]\[kfree_skb *\]: UDP: 10.9.1.2:1000 -> 10.9.1.1:7"
run_to_end -r "$dir/drop.ntr" -o args --json
expect_schema
expect_line '"args":\[\{"name":"reason","value":[0-9]+,"meaning":"NO_SOCKET"\}\]'
