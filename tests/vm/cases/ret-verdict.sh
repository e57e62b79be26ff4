# --ret says what a value means: the verdict of a chain that drops, and of one that does not.
two_hosts
at right nft -f - <<'EOF'
table ip filter {
  chain input { type filter hook input priority 0; udp dport 5300 drop; }
}
EOF
trace -p udp --addr 10.9.1.1 -t nft_do_chain_ipv4 --ret
send left veth0 '4:10.9.1.2>10.9.1.1 udp:1000>5301' '4:10.9.1.2>10.9.1.1 udp:1000>5300'
expect_line '^ {16}return value:(0|10002)\b'
finish
expect_order 'UDP: 10.9.1.2:1000 -> 10.9.1.1:5301, len:8' nft_do_chain_ipv4 nft_do_chain_ipv4
expect_order 'UDP: 10.9.1.2:1000 -> 10.9.1.1:5300, len:8' nft_do_chain_ipv4 nft_do_chain_ipv4
if [ ! -e /sys/kernel/btf/nf_tables ]; then # nothing says what the values mean
  expect_values nft_do_chain_ipv4 1 0
  return
fi
expect_line '^ {16}return value:1 \(NF_ACCEPT\)$'
# Since 6.8 the chain frees the packet itself, and says so.
expect_line '^ {16}return value:(0 \(NF_DROP\)|10002 \(NF_STOLEN, -EPERM\))$'
