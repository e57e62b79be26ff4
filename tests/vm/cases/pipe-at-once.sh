# Lines reach a pipe as they happen.
two_hosts
mkfifo "$dir/pipe"
"$nettrace" -t icmp_rcv -p icmp -s 10.9.1.2 >"$dir/pipe" 2>"$dir/trace.err" &
pids[trace]=$!
exec {reader}<"$dir/pipe"
read -r line <&$reader
for number in 1 2; do
  send left veth0 "4:10.9.1.2>10.9.1.1 icmp:8,seq=$number"
  read -rt 10 line <&$reader || fail "no line came"
  [[ $line == *"seq: $number" ]] || fail "it came late: $line"
done
finish TERM
