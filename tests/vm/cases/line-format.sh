# Every line is as in the manual: time, function in 24 columns, packet; the time is the machine's monotonic clock.
two_hosts
read -r before _ </proc/uptime
trace -p icmp -t ip,icmp
at left ping -qc 3 -i 0.05 -W 5 10.9.1.1
expect_packet icmp_rcv 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 3'
finish
read -r after _ </proc/uptime
expect_no_line '^([^b0-9]|$)'
lines='^[0-9]+\.[0-9]{6}: \[[a-z0-9_]+ *\]: ICMP: [0-9.]+ -> [0-9.]+, ping (request   |reply     ), seq: [1-3]$'
expect [ "$(grep -cvE "$lines" "$dir/trace.out")" = 1 ]
expect_line '\[icmp_rcv                \]: '
expect awk -F. -v before="${before%.*}" -v after="${after%.*}" \
  'NR > 1 && ($1 < before || $1 > after) { bad = 1 } END { exit bad || NR < 4 }' "$dir/trace.out"
