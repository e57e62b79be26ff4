# A macvlan device on the receiving host.
two_hosts
configure right <<'EOF'
link add link veth1 name mac0 address 02:00:00:00:00:21 type macvlan mode bridge
link set mac0 addrgenmode none
link set mac0 up
addr add 10.9.4.1/24 dev mac0
neigh add 10.9.4.2 lladdr 02:00:00:00:00:02 dev mac0
EOF
configure left <<'EOF'
addr add 10.9.4.2/24 dev veth0
neigh add 10.9.4.1 lladdr 02:00:00:00:00:21 dev veth0
EOF
trace -p icmp --addr 10.9.4.1 -t link,ip,icmp
at left ping -qc 1 -W 5 10.9.4.1
expect_packet icmp_rcv 'ICMP: 10.9.4.2 -> 10.9.4.1, ping request   , seq: 1'
finish
expect_order 'ICMP: 10.9.4.2 -> 10.9.4.1, ping request   , seq: 1' dev_hard_start_xmit macvlan_handle_frame ip_rcv
expect_order 'ICMP: 10.9.4.1 -> 10.9.4.2, ping reply     , seq: 1' macvlan_start_xmit dev_hard_start_xmit ip_rcv
