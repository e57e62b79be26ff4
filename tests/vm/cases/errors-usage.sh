# Wrong words on the command line: status 2 and one line that names them.
words_refused 'nonsense' --nonsense
words_refused "ip_rcx.*did you mean.*ip_rcv" -t ip_rcx
words_refused 'tpc.*tcp' -p tpc
words_refused '65536' -p 65536
words_refused 'colour' -o pid,colour
words_refused '10\.9\.1\.256' -s 10.9.1.256
words_refused '10\.9\.1\.0/33' -s 10.9.1.0/33
words_refused 'fd09::1/129' --addr fd09::1/129
words_refused '70000' --dport 70000
words_refused 'http' --port http
words_refused 'X' --tcp-flags SX
words_refused 'port' -p icmp --dport 53
words_refused 'tcp-flags' -p udp --tcp-flags S
words_refused 'famil|IPv6' -s 10.9.1.1 -d fd09::1
words_refused 'IPv6' -p icmp -s fd09::1
words_refused 'IPv4' -p ipv6 -s 10.9.1.1
words_refused 'no packet' --port 53 --sport 1000 --dport 80
words_refused 'saddr|-s' -s
