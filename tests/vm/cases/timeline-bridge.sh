# A bridge floods a frame to two ports: copies of one packet, one block.
bridged
trace -p 0x9999 --timeline --detail -t bridge,link-out,life
send left veth0 'ether:0x9999'
await 20 block_of '*0x9999*'
finish
expect_blocks 1
block_of '*0x9999*' >"$dir/block"
in_block br_handle_frame br_flood skb_clone
expect [ "$(grep -c '\[dev_hard_start_xmit ' "$dir/block")" = 3 ]
expect_no_line unfinished
