# --stack: the first frame is in the function itself, however the kernel calls the tracer there.
two_hosts
first_frame() { # LEAF FUNCTION [OPTION...]: of the leaf's first line
	local leaf=$1 function=$2
	shift 2
	trace -p icmp -d 10.9.1.1 -t "$leaf" --stack "$@"
	at left ping -qc 1 -W 5 10.9.1.1
	expect_packet "$leaf" 'ICMP: 10.9.1.2 -> 10.9.1.1, ping request   , seq: 1'
	finish
	expect [ -n "$(grep -A1 "\\[$leaf " "$dir/trace.out" | grep -E "^ {8}($function)\\+0x")" ]
}
first_frame icmp_rcv icmp_rcv
first_frame icmp_rcv icmp_rcv icmp
first_frame icmp_rcv icmp_rcv --backend kprobe
first_frame icmp_rcv icmp_rcv --backend fentry
first_frame consume_skb 'consume_skb|napi_consume_skb|skb_free_datagram|__consume_stateless_skb'
