# -w records, -r shows it without root, with other filters, leaves and forms; a file that was cut is read up to the cut.
two_hosts
trace -w "$dir/ping.ntr" -p icmp --ret -t ip,icmp,life
at left ping -qc 1 -W 5 10.9.1.1
finish
expect_error_line '^nettrace: [1-9][0-9]* events recorded, 0 lost$'
via=(setpriv --reuid 65534 --clear-groups --inh-caps=-all --)
chmod 755 "$dir"
chmod 644 "$dir/ping.ntr"
run_to_end -r "$dir/ping.ntr" --detail
expect [ "$status" = 0 ]
expect_line '\[icmp-in     \]\[icmp_rcv                \]: ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1$'
expect_no_line 'begin tracing|return value'
run_to_end -r "$dir/ping.ntr" --ret -t icmp_rcv
expect [ "$(wc -l <"$dir/trace.out")" = 6 ]
expect_line '^ {16}return value:0'
run_to_end -r "$dir/ping.ntr" -p tcp
expect [ "$status" = 0 ]
expect [ ! -s "$dir/trace.out" ]
run_to_end -r "$dir/ping.ntr" --timeline -s 10.9.1.2
expect_blocks 1
block_of 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1' >"$dir/block"
in_block ip_output ip_rcv icmp_rcv consume_skb
run_to_end -r "$dir/ping.ntr" --stack
expect_refused 2 'has no stacks; record with --stack'
head -c $(($(wc -c <"$dir/ping.ntr") - 1000)) "$dir/ping.ntr" >"$dir/cut.ntr"
run_to_end -r "$dir/cut.ntr"
expect [ "$status" = 0 ]
expect_line 'ICMP: 10.9.1.2 -> 10.9.1.1'
expect_error_line 'warning: .*cut'
run_to_end -r /etc/passwd
expect_refused 2 'passwd'

# With its standard streams closed, a recording is not what they write to.
"$nettrace" -w "$dir/closed.ntr" -t icmp_rcv --duration 100ms <&- >&- 2>&-
chmod 644 "$dir/closed.ntr"
run_to_end -r "$dir/closed.ntr"
expect [ "$status" = 0 ]
