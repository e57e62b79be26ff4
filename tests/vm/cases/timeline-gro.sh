# GRO merges segments: each that was merged ends as a part of another.
grep -q ' veth_napi_enable' /proc/kallsyms || modprobe veth
grep -q ' veth_napi_enable' /proc/kallsyms || skip "this kernel's veth has no GRO without XDP"
two_hosts
at left ethtool -K veth0 tso off gso off
at right ethtool -K veth1 gro on
trace -p tcp --dport 5300 --timeline -t napi_gro_receive,gro_receive_skb,tcp_v4_rcv,life
"$traffic/talk" tcp left right 10.9.1.1 5300 bytes=60000 >/dev/null
await 20 grep -q 'became a part of' "$dir/trace.out"
finish
expect_line '^[0-9.]+: skb [0-9a-f]+ became a part of skb [0-9a-f]+$'
expect_no_line 'unfinished: nothing'
