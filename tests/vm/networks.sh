# The networks of the cases: hosts are network namespaces, deleted when the case is over.
# shellcheck shell=bash

# at HOST COMMAND…
at() {
  local host=$1
  shift
  nsenter --net="/run/netns/$host" -- "$@"
}

# Sends frames from a host's device: see traffic/send.
send() {
  local host=$1
  shift
  at "$host" "$traffic/send" "$@"
}

# Addresses are fixed and nothing is resolved or probed on its own, so that a network is silent but for
# the reports of its multicast groups until a case speaks.
# wire HOST DEVICE NUMBER HOST DEVICE NUMBER: a cable; a device's NUMBER makes its MAC address, 02::NUMBER.
wire() {
  ip link add "$2" netns "$1" address "02:00:00:00:00:0$3" \
    type veth peer name "$5" netns "$4" address "02:00:00:00:00:0$6"
}

# configure HOST: does what standard input says, as `ip -batch` takes it.
configure() {
  ip -n "$1" -batch -
}

# left (10.9.1.2) — right (10.9.1.1), both know the other's MAC address.
two_hosts() {
  printf 'netns add %s\n' left right | ip -batch -
  wire left veth0 2 right veth1 1
  configure left <<EOF
addr add 10.9.1.2/24 dev veth0
addr add fd09:1::2/64 dev veth0 nodad
link set lo up
link set veth0 addrgenmode none
link set veth0 up
neigh add 10.9.1.1 lladdr 02:00:00:00:00:01 dev veth0
neigh add fd09:1::1 lladdr 02:00:00:00:00:01 dev veth0
EOF
  configure right <<EOF
addr add 10.9.1.1/24 dev veth1
addr add fd09:1::1/64 dev veth1 nodad
link set lo up
link set veth1 addrgenmode none
link set veth1 up
neigh add 10.9.1.2 lladdr 02:00:00:00:00:02 dev veth1
neigh add fd09:1::2 lladdr 02:00:00:00:00:02 dev veth1
EOF
}

# client (10.9.1.2) — router (10.9.1.1, 10.9.2.1) — server (10.9.2.2); IPv6 the same with fd09:1:: and fd09:2::
routed() {
  printf 'netns add %s\n' client router server | ip -batch -
  wire client veth0 2 router veth1 1
  wire router veth2 3 server veth3 4
  configure client <<EOF
addr add 10.9.1.2/24 dev veth0
addr add fd09:1::2/64 dev veth0 nodad
link set veth0 addrgenmode none
link set veth0 up
neigh add 10.9.1.1 lladdr 02:00:00:00:00:01 dev veth0
neigh add fd09:1::1 lladdr 02:00:00:00:00:01 dev veth0
route add default via 10.9.1.1
route add default via fd09:1::1
EOF
  configure router <<EOF
addr add 10.9.1.1/24 dev veth1
addr add 10.9.2.1/24 dev veth2
addr add fd09:1::1/64 dev veth1 nodad
addr add fd09:2::1/64 dev veth2 nodad
link set veth1 addrgenmode none
link set veth1 up
link set veth2 addrgenmode none
link set veth2 up
neigh add 10.9.1.2 lladdr 02:00:00:00:00:02 dev veth1
neigh add 10.9.2.2 lladdr 02:00:00:00:00:04 dev veth2
neigh add fd09:1::2 lladdr 02:00:00:00:00:02 dev veth1
neigh add fd09:2::2 lladdr 02:00:00:00:00:04 dev veth2
EOF
  configure server <<EOF
addr add 10.9.2.2/24 dev veth3
addr add fd09:2::2/64 dev veth3 nodad
link set veth3 addrgenmode none
link set veth3 up
neigh add 10.9.2.1 lladdr 02:00:00:00:00:03 dev veth3
neigh add fd09:2::1 lladdr 02:00:00:00:00:03 dev veth3
route add default via 10.9.2.1
route add default via fd09:2::1
EOF
  at router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
}

# left (10.9.1.2) — bridge — right (10.9.1.1), and a third port that leads to a host without an address
bridged() {
  printf 'netns add %s\n' left bridge right third | ip -batch -
  wire left veth0 2 bridge port0 7
  wire right veth1 1 bridge port1 8
  wire third veth2 3 bridge port2 9
  configure bridge <<EOF
link add br0 type bridge forward_delay 0 mcast_snooping 0
link set br0 addrgenmode none
link set port0 master br0
link set port1 master br0
link set port2 master br0
link set port0 addrgenmode none
link set port1 addrgenmode none
link set port2 addrgenmode none
link set br0 up
link set port0 up
link set port1 up
link set port2 up
EOF
  configure left <<EOF
link set veth0 addrgenmode none
link set veth0 up
addr add 10.9.1.2/24 dev veth0
neigh add 10.9.1.1 lladdr 02:00:00:00:00:01 dev veth0
EOF
  configure right <<EOF
link set veth1 addrgenmode none
link set veth1 up
addr add 10.9.1.1/24 dev veth1
neigh add 10.9.1.2 lladdr 02:00:00:00:00:02 dev veth1
EOF
  configure third <<EOF
link set veth2 addrgenmode none
link set veth2 up
EOF
}

no_networks() {
  ip -all netns delete
}
