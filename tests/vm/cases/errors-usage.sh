# Wrong words on the command line: status 2 and one line that names them.
refused() { # REGEX ARGUMENTS…
  local regex=$1
  shift
  run_to_end "$@"
  echo "$*" >"$dir/arguments"
  expect_refused 2 "$regex"
}
refused 'nonsense' --nonsense
refused "ip_rcx.*did you mean.*ip_rcv" -t ip_rcx
refused 'tpc.*tcp' -p tpc
refused '65536' -p 65536
refused 'colour' -o pid,colour
refused '10\.9\.1\.256' -s 10.9.1.256
refused '10\.9\.1\.0/33' -s 10.9.1.0/33
refused 'fd09::1/129' --addr fd09::1/129
refused '70000' --dport 70000
refused 'http' --port http
refused 'X' --tcp-flags SX
refused 'port' -p icmp --dport 53
refused 'tcp-flags' -p udp --tcp-flags S
refused 'famil|IPv6' -s 10.9.1.1 -d fd09::1
refused 'IPv6' -p icmp -s fd09::1
refused 'IPv4' -p ipv6 -s 10.9.1.1
refused 'no packet' --port 53 --sport 1000 --dport 80
refused 'saddr|-s' -s
