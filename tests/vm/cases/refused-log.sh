# A program that the verifier refuses: one line says why, -v shows the end of its log, and nobody waits for each function.
long=icmp
for i in {1..300}; do
  long+=" or (ip[$i:2] > len and ip[ip[$i] & 3] != 4)"
done
run_to_end -v -t icmp_rcv,icmp_echo,ip_rcv,ip_local_deliver --duration 1s "$long"
[ "$status" != 0 ] || skip "this kernel takes a filter that long"
expect [ "$status" = 1 ]
expect_error_line "verifier"
expect_error_line 'the program function is refused \('
[ "$(grep -c 'is refused (' "$dir/trace.err")" -le 3 ] || fail "the same is told for each function"
