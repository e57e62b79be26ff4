# Two sockets in a multicast group: each gets a copy, both are in the block, which ends with the second.
two_hosts
at left ip route add 239.1.1.1 dev veth0
at right python3 -S - <<'EOF' >"$dir/server" 2>&1 &
import socket
ends = []
for _ in range(2):
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    end.bind(("239.1.1.1", 5300))
    end.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.1.1.1") + socket.inet_aton("10.9.1.1"))
    ends.append(end)
print("bound", flush=True)
for end in ends:
    end.recv(64)
EOF
await 20 grep -q bound "$dir/server"
trace -p udp -d 239.1.1.1 --timeline --detail -t udp-in,life
at left python3 -S -c 'import socket; socket.socket(2, 2).sendto(b"x", ("239.1.1.1", 5300))'
# Since 6.x the CPU that got a packet frees it, when it gets the next one.
for cpu in 0 1; do
  taskset -c $cpu ping -qc 1 127.0.0.1
done
await 20 block_of 'UDP: 10.9.1.2:* -> 239.1.1.1:5300, len:9'
finish
expect_blocks 1
block_of 'UDP: 10.9.1.2:* -> 239.1.1.1:5300, len:9' >"$dir/block"
in_block udp_rcv skb_clone __udp_enqueue_schedule_skb __udp_enqueue_schedule_skb skb_consume_udp skb_consume_udp
expect_no_line unfinished
