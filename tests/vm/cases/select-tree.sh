# -t ? prints the tree, without root.
via=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run_to_end -t '?'
expect [ "$status" = 0 ]
expect_line '^available tracer:$'
expect_line '^-{51}$'
expect_line '^all: trace the whole kernel network stack$'
expect_line '^    link: link layer \(L2\) of the network stack$'
expect_line '^        link-in: link layer \(L2\) of packet in$'
expect_line '^            napi_gro_receive'
expect_line '^            icmp_rcv'
