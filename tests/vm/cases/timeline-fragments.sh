# A datagram is cut into fragments on its way out, one block; each fragment that comes in ends as a part of the first.
routed
trace -p udp -d 10.9.2.2 --timeline --skb-mode --detail -t fragment,ip-in,ip-forward,dev_hard_start_xmit,life
"$traffic/talk" udp client server 10.9.2.2 5300 bytes=4000
give_softirqs
expect_line consume_skb
finish
block_of 'UDP: 10.9.1.2:* -> 10.9.2.2:5300, len:4008' >"$dir/block"
in_block ip_do_fragment dev_hard_start_xmit ip_rcv ip_forward ip_defrag
expect grep -qE '^[0-9.]+: skb [0-9a-f]+ became a part of skb [0-9a-f]+$' "$dir/block"
expect_no_line unfinished
