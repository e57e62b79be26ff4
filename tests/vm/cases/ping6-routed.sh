# The same over IPv6.
routed
trace -p ipv6-icmp --addr fd09:2::2
at client ping -qc 1 -W 5 fd09:2::2
expect_packet icmpv6_rcv 'ICMPv6: fd09:2::2 -> fd09:1::2, ping reply     , seq: 1'
finish
expect_order 'ICMPv6: fd09:1::2 -> fd09:2::2, ping request   , seq: 1' \
  ip6_output dev_hard_start_xmit ipv6_rcv ip6_forward dev_hard_start_xmit ipv6_rcv ip6_input icmpv6_rcv
expect_order 'ICMPv6: fd09:2::2 -> fd09:1::2, ping reply     , seq: 1' \
  ip6_output dev_hard_start_xmit ipv6_rcv ip6_forward dev_hard_start_xmit ipv6_rcv ip6_input icmpv6_rcv
expect_only 'ICMPv6: fd09:* -> fd09:*, ping re*, seq: 1'
