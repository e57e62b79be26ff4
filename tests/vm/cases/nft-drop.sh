# A packet that nftables drops on the way in does not reach its socket.
two_hosts
at right nft -f - <<'EOF'
table inet filter {
  chain input {
    type filter hook input priority 0
    udp dport 5300 drop
  }
}
EOF
trace -p udp -t ip,netfilter,udp
send left veth0 '4:10.9.1.2>10.9.1.1 udp:1000>5300' '4:10.9.1.2>10.9.1.1 udp:1000>5301'
expect_packet udp_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.1:5301, len:8'
finish
expect_order 'UDP: 10.9.1.2:1000 -> 10.9.1.1:5300, len:8' ip_rcv ip_local_deliver nf_hook_slow nft_do_chain_inet
expect_no_packet udp_rcv 'UDP: 10.9.1.2:1000 -> 10.9.1.1:5300, len:8'
