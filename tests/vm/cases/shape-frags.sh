# All data behind the MAC header outside of the skb's linear part, as some drivers receive it.
two_hosts
trace -p udp --dport 53 -t __netif_receive_skb_core,ip_rcv_core
modprobe tun
at right "$traffic/send-pages" tap0 '4:10.9.1.2>10.9.1.9 udp:1000>54' '4:10.9.1.2>10.9.1.9 udp:1000>53'
expect_packet __netif_receive_skb_core 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
finish
expect_only 'UDP: 10.9.1.2:1000 -> 10.9.1.9:53, len:8'
