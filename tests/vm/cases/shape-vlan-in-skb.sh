# A VLAN tag in the skb: a packet matches by what it is below the tag.
two_hosts
trace --dport 53 -t vlan_do_receive
send left veth0 \
  'vlan:5 4:10.9.1.2>10.9.1.9 udp:1000>54' \
  'vlan:5 4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet vlan_do_receive 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
expect_only 'UDP: *:53, len:8'
expect_count 1
