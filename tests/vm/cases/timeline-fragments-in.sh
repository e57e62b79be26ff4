# Fragments are packets of their own: each but the first ends as a part of another, the first goes on with the whole.
two_hosts
trace -p udp -d 10.9.1.1 --timeline -t ip_rcv,ip_defrag,inet_frag_reasm_finish,udp_rcv,life
send left veth0 '4:10.9.1.2>10.9.1.1,more udp:1000>53 data:1208' '4:10.9.1.2>10.9.1.1,offset=1216,more proto:17 data:792' \
  '4:10.9.1.2>10.9.1.1,offset=2016 proto:17 data:92'
await 20 grep -q 'became a part of' "$dir/trace.out"
finish
expect [ "$(grep -c 'became a part of' "$dir/trace.out")" -ge 2 ]
expect_no_line unfinished
