# All probes attach, one ping is traced, nothing is left behind.
remember_probes
two_hosts
trace -p icmp --addr 10.9.1.1
expect_probes
at left ping -qc 1 -W 5 10.9.1.1
expect_packet ip_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
expect_packet ip_rcv 'ICMP: 10.9.1.1 -> 10.9.1.2, ping reply     , seq: 1'
finish
expect_only 'ICMP: *'
expect_no_probe_left
