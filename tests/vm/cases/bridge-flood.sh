# A frame for a station that the bridge does not know goes out of both other ports; an ethertype without a name is a number.
bridged
trace -p 0x9999 -t bridge,dev_hard_start_xmit
send left veth0 'ether:0x9998' 'ether:0x9999'
expect_packet dev_hard_start_xmit '*0x9999*'
finish
expect_order '*0x9999*' dev_hard_start_xmit br_handle_frame br_flood dev_hard_start_xmit dev_hard_start_xmit
expect_only '*0x9999*'
