# A transfer of 1 MB: every segment's block ends, and none mixes two connections.
two_hosts
trace -p tcp --port 5300 --timeline --skb-mode -t tcp_v4_rcv,__tcp_transmit_skb,tcp_rcv_established,veth_xmit,life
"$traffic/talk" tcp left right 10.9.1.1 5300 bytes=1000000 >/dev/null
await 20 block_of 'TCP: *,F'
finish
expect_no_line 'unfinished: nothing'
expect_error_line ' 0 lost'
expect [ "$(blocks)" -gt 10 ]
