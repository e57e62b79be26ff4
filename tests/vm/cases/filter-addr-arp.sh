# Addresses match the sender and the target of ARP.
two_hosts
trace -s 10.9.1.2 -d 10.9.1.1 -t arp_rcv
send left veth0 \
  'arp:request,10.9.1.3>10.9.1.1' \
  'arp:request,10.9.1.2>10.9.1.3' \
  'arp:request,10.9.1.2>10.9.1.1'
expect_packet arp_rcv 'ARP: 10.9.1.2 -> 10.9.1.1, request'
finish
expect_only 'ARP: 10.9.1.2 -> 10.9.1.1, request'
expect_count 1
