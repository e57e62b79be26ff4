# Reverse ARP, both operations.
two_hosts
trace -p rarp -t dev_hard_start_xmit
send left veth0 'arp:request,10.9.1.2>10.9.1.1' 'arp:rarp-request,10.9.1.2>10.9.1.1' 'arp:rarp-reply,10.9.1.2>10.9.1.1'
expect_packet dev_hard_start_xmit '*ARP: 10.9.1.2 -> 10.9.1.1, rarp reply'
finish
expect_packet dev_hard_start_xmit '*ARP: 10.9.1.2 -> 10.9.1.1, rarp request'
expect_count 2
