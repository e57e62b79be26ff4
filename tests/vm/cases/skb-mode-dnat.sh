# --skb-mode in plain output: after DNAT the packet no longer matches the filter, and is still shown.
routed
at router nft -f - <<'EOF'
table ip nat {
  chain prerouting { type nat hook prerouting priority -100; ip daddr 10.9.1.1 icmp type echo-request dnat to 10.9.2.2; }
  chain postrouting { type nat hook postrouting priority 100; }
}
EOF
trace -p icmp -d 10.9.1.1 --skb-mode -t ip-in,ip-forward,ip-out,hooks,icmp-in,life
at client ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1'
expect_packet consume_skb 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' ip_rcv nf_hook_slow
expect_order 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1' ip_forward ip_output ip_rcv icmp_rcv
expect_only 'ICMP: *, ping request   , seq: 1'
