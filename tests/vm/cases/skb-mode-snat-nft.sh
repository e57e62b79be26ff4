# --skb-mode follows a packet whose source nft rewrites: the address changes in the middle of its block.
routed
at router nft -f - <<'EOF'
table ip nat {
  chain postrouting { type nat hook postrouting priority 100; oifname "veth2" masquerade; }
}
EOF
trace -p icmp --addr 10.9.1.2 --timeline --skb-mode \
  -t ip_rcv,ip_forward,ip_output,ip_finish_output,dev_hard_start_xmit,icmp_rcv,consume_skb
at client ping -qc 1 -W 5 10.9.2.2
await 20 block_of 'ICMP: 10.9.2.1 -> 10.9.2.2, ping request   , seq: 1'
finish
block_of 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1' >"$dir/block"
in_block ip_rcv ip_forward ip_output ip_finish_output dev_hard_start_xmit ip_rcv icmp_rcv consume_skb
expect grep -qE '\[ip_output  .*ICMP: 10.9.1.2 -> 10.9.2.2' "$dir/block"
expect grep -qE '\[icmp_rcv  .*ICMP: 10.9.2.1 -> 10.9.2.2' "$dir/block"
