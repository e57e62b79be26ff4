# The device's number and name are those that `ip link` shows; before there is a device the column is blank.
two_hosts
trace -o if -p udp --dport 5300 -t __ip_local_out,dev_hard_start_xmit,ip_rcv
"$traffic/talk" udp left right 10.9.1.1 5300
expect_packet ip_rcv 'UDP: 10.9.1.2:* -> 10.9.1.1:5300, len:72'
finish
device() {
  local number
  number=$(ip -n "$1" -o link show "$2")
  printf '%-8s' "${number%%:*}:$2"
}
expect_line ": \[        \]\[__ip_local_out          \]: "
expect_line ": \[$(device left veth0)\]\[dev_hard_start_xmit     \]: "
expect_line ": \[$(device right veth1)\]\[ip_rcv                  \]: "
