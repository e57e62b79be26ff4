# The same over IPv6.
two_hosts
trace -p icmpv6 --addr fd09:1::1
at left ping -qc 1 -s 4000 -W 5 fd09:1::1
expect_packet icmpv6_rcv 'ICMPv6: fd09:1::1 -> fd09:1::2, ping reply     , seq: 1'
finish
expect_order 'ICMPv6: fd09:1::2 -> fd09:1::1*' ip6_fragment dev_hard_start_xmit ipv6_rcv ipv6_frag_rcv icmpv6_rcv
