# The same over IPv6: solicitation and advertisement.
two_hosts
ip -n left neigh del fd09:1::1 dev veth0
trace -p ipv6-icmp -t ipv6_rcv
at left ping -qc 1 -W 5 fd09:1::1
expect_packet ipv6_rcv 'ICMPv6: fd09:1::1 -> fd09:1::2, ping reply     , seq: 1'
finish
expect_packet ipv6_rcv 'ICMPv6: fd09:1::2 -> ff02::1:ff00:1, neighbor solicitation*'
expect_packet ipv6_rcv 'ICMPv6: fd09:1::1 -> fd09:1::2, neighbor advertisement*'
