# TCP sends a copy of what it keeps, and that has no header yet: where it is copied it is known for what it is.
two_hosts
trace -p tcp --port 5300 --timeline -t __tcp_transmit_skb,__ip_queue_xmit,skb_clone,life
"$traffic/talk" tcp left right 10.9.1.1 5300 bytes=1000 >/dev/null
await 20 block_of 'TCP: *,F'
finish
expect_no_line 'unknown protocol'
expect_line '\[skb_clone  .*TCP: 10\.9\.1\.2:[0-9]+ -> 10\.9\.1\.1:5300, seq:'
expect_line '^ {16}return value:[0-9a-f]{16}$'
