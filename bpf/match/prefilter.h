/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Most packets are not those that are asked for. Where that is seen from the IP header, and plain
 * loads reach it, nothing else is looked at. */
#ifndef NETTRACE_BPF_MATCH_PREFILTER_H
#define NETTRACE_BPF_MATCH_PREFILTER_H

#include "match/criteria.h"
#include "packet/layers.h"

enum verdict {
	MISSES,
	UNDECIDED,
	MATCHES,
	TRACKED, /* it matched before, which is enough */
};

static __always_inline enum verdict prefilter_ipv4(const void *header)
{
	struct iphdr *ip = KERNEL_OBJECT(iphdr, header);
	__be32 source, destination;

	if (wants_address()) {
		source = ip->saddr;
		destination = ip->daddr;
		if (!addresses_match(ETH_P_IP, &source, &destination))
			return MISSES;
	}
	if (wants_l4() && !protocol_matches(ip->protocol))
		return MISSES;
	return wants_ports() || config.tcp_flags ? UNDECIDED : MATCHES;
}

/* The transport protocol may stand behind extension headers. */
static __always_inline enum verdict prefilter_ipv6(const void *header)
{
	struct ipv6hdr *ip = KERNEL_OBJECT(ipv6hdr, header);
	__be32 source[4], destination[4];

	if (wants_address()) {
		__builtin_memcpy(source, &ip->saddr, sizeof(source));
		__builtin_memcpy(destination, &ip->daddr, sizeof(destination));
		if (!addresses_match(ETH_P_IPV6, source, destination))
			return MISSES;
	}
	return wants_l4() ? UNDECIDED : MATCHES;
}

static __always_inline bool is_other_ethertype(__u16 ethertype)
{
	return config.ethertype && config.ethertype != ethertype;
}

/* What locate() and packet_matches() would find of an IP packet whose network header is set. Keep
 * the IPv4 path minimal: it is the common case. */
static __always_inline enum verdict prefilter(struct sk_buff *skb)
{
	const unsigned char *head;
	__be16 protocol;
	__u16 network;
	__u64 tail;

	if (!bpf_rdonly_cast)
		return UNDECIDED;
	network = READ(skb, network_header);
	head = read_head(skb);
	tail = READ(skb, tail);
	if (!network || network + sizeof(struct ipv4_header) > tail)
		return UNDECIDED;
	protocol = READ(skb, protocol);
	if (!protocol)
		protocol = bpf_htons(ethertype_of_version(ip_version(head + network)));
	if (protocol == bpf_htons(ETH_P_IP))
		return is_other_ethertype(ETH_P_IP) ? MISSES : prefilter_ipv4(head + network);
	if (protocol != bpf_htons(ETH_P_IPV6) || network + sizeof(struct ipv6_header) > tail)
		return UNDECIDED;
	return is_other_ethertype(ETH_P_IPV6) ? MISSES : prefilter_ipv6(head + network);
}

#endif
