# Packets of a time in which records were lost are marked, and the others are not.
two_hosts
trace -p udp --dport 5300 --timeline -t ip,udp,life --buffer-size 64k
"$traffic/talk" udp left right 10.9.1.1 5300
await 20 block_of 'UDP: *5300*'
expect_no_line 'events were lost'
kill -STOP "${pids[$who]}"
"$traffic/burst" 1000 5300
kill -CONT "${pids[$who]}"
expect_line '^\(events were lost meanwhile: it may lack some\)$'
finish
expect_error_line '[1-9][0-9]* lost'
