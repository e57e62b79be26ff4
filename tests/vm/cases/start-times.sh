# -v tells where the start's time went: rows that add up to its total.
trace -v -p icmp
finish
expect_error_line 'the start took, in ms:'
sum=0 total=0 rows=
while read -r ms what; do
  if [ "$what" = total ]; then
    total=$((10#${ms/./}))
  else
    sum=$((sum + 10#${ms/./}))
  fi
  rows+=" $what,"
done < <(sed -nE 's/^nettrace: +([0-9]+\.[0-9])  ([^0-9].*)$/\1 \2/p' "$dir/trace.err")
for row in BTF features 'BPF object' 'kernel symbols' plan other total; do
  [[ $rows == *" $row,"* ]] || fail "no row $row:$rows"
done
expect_error_line '^nettrace: +[0-9]+\.[0-9]  load [0-9]+ programs$'
expect_error_line '^nettrace: +[0-9]+\.[0-9]  attach [0-9]+ probes$'
difference=$((sum - total)) # tenths, and each row is rounded
expect [ "${difference#-}" -le 10 ]
# Without -v nothing of it.
trace -p icmp -t icmp_rcv
finish
expect_no_error_line 'the start took'
