# Two hosts that do not know each other's MAC address ask for it.
two_hosts
ip -n left neigh del 10.9.1.1 dev veth0
trace -p arp
at left ping -qc 1 -W 5 10.9.1.1
expect_packet arp_rcv 'ARP: 10.9.1.1 -> 10.9.1.2, reply'
finish
expect_order 'ARP: 10.9.1.2 -> 10.9.1.1, request' dev_hard_start_xmit arp_rcv
expect_only 'ARP: 10.9.1.* -> 10.9.1.*, re*'
