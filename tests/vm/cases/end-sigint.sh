# Ctrl-C: every probe goes, status 0, and a line says how many events were printed and how many lost.
remember_probes
two_hosts
trace -t ip,icmp -p icmp
expect_probes
at left ping -qc 1 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
finish
expect_error_line "(^|[^0-9])$(($(wc -l <"$dir/trace.out") - 1)) events printed, 0 lost"
expect_no_probe_left
