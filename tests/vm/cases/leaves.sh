# Every leaf's skb argument is one by this kernel's own types.
modprobe -qa bridge 8021q vxlan ipvlan macvlan bonding br_netfilter nf_tables nf_nat ip_tables ip6_tables iptable_nat esp4 xt_MASQUERADE \
  sch_netem sch_fq_codel sch_htb cls_bpf act_mirred act_police act_bpf ip_tunnel ipip || :
"$vm/guest/check-leaves" "$vm/../../tracer.json" >"$dir/compared" || fail "wrong leaves: $(cat "$dir/compared")"
read -r count _ < <(tail -n 1 "$dir/compared")
((count >= 100)) || fail "only $count leaves compared"
