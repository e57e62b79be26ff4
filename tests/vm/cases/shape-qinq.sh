# Two VLAN tags: both in the packet on the way out, one in the skb on the way in.
two_hosts
trace -p udp --dport 53 -t dev_hard_start_xmit,__netif_receive_skb_core
send left veth0 \
  'vlan:6,qinq vlan:5 6:fd09:1::2>fd09:1::9 udp:1000>54' \
  'vlan:6,qinq vlan:5 6:fd09:1::2>fd09:1::9 udp:1000>53'
expect_packet __netif_receive_skb_core 'UDP: [fd09:1::2]:1000 -> [fd09:1::9]:53, len:8'
finish
expect_only 'UDP: *:53, len:8'
expect_count 2
