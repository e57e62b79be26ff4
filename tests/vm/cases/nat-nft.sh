# Destination NAT by nftables: the filter's address is seen until the router rewrites it.
routed
at router nft -f - <<'EOF'
table ip nat {
  chain prerouting { type nat hook prerouting priority -100; ip daddr 10.9.1.1 icmp type echo-request dnat to 10.9.2.2; }
  chain postrouting { type nat hook postrouting priority 100; }
}
EOF
trace -p icmp -t ip,netfilter
at client ping -qc 1 -W 5 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_order 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' ip_rcv nf_hook_slow
expect_order 'ICMP: 10.9.1.2 -> 10.9.2.2, ping request   , seq: 1' ip_forward ip_output ip_rcv
