# Without --skb-mode each event of a block must pass the filter by itself.
routed
at router nft -f - <<'EOF'
table ip nat {
  chain prerouting { type nat hook prerouting priority -100; ip daddr 10.9.1.1 icmp type echo-request dnat to 10.9.2.2; }
  chain postrouting { type nat hook postrouting priority 100; }
}
EOF
trace -p icmp -d 10.9.1.1 --timeline -t ip-in,ip-out,icmp-in,life
at client ping -qc 1 -W 5 10.9.1.1
await 20 block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_blocks 1
expect_no_line '10\.9\.2\.2'
expect_no_line unfinished
