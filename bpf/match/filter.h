/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether a packet is one that the user asked for. */
#ifndef NETTRACE_BPF_MATCH_FILTER_H
#define NETTRACE_BPF_MATCH_FILTER_H

#include "match/criteria.h"
#include "packet/flow.h"

#define MAX_EXTENSION_HEADERS 6
#define TCP_FLAGS_OFFSET 13

static __noinline bool l4_matches(const struct layers *layers, __u8 protocol, __u64 l4,
				  bool later_fragment)
{
	if (!protocol_matches(protocol))
		return false;
	if (!wants_ports() && !config.tcp_flags)
		return true;
	if (later_fragment)
		return false; /* it has neither ports nor flags */
	if (wants_ports()) {
		__be16 ports[2];

		if (!read_bytes(layers, l4, ports, sizeof(ports)) ||
		    !ports_match(ports[0], ports[1]))
			return false;
	}
	if (config.tcp_flags) {
		__u8 flags;

		if (!read_bytes(layers, l4 + TCP_FLAGS_OFFSET, &flags, sizeof(flags)) ||
		    !flags_match(flags))
			return false;
	}
	return true;
}

static __always_inline bool ipv4_matches(const struct layers *layers)
{
	struct ipv4_header ip;

	if (!read_bytes(layers, layers->l3, &ip, sizeof(ip)))
		return false;
	if (!addresses_match(ETH_P_IP, &ip.saddr, &ip.daddr))
		return false;
	return !wants_l4() ||
	       l4_matches(layers, ip.protocol, layers->l3 + (ip.version_ihl & 0xf) * 4,
			  ip.fragment & bpf_htons(0x1fff));
}

/* Finds the transport header behind the extension headers. */
static __always_inline bool ipv6_l4_matches(const struct layers *layers, __u8 next)
{
	__u64 at = layers->l3 + sizeof(struct ipv6_header);
	bool later_fragment = false;

#pragma unroll
	for (int i = 0; i < MAX_EXTENSION_HEADERS; i++) {
		__u8 extension[4]; /* next header, length, and a fragment's offset and flags */
		__u64 length;

		if (later_fragment)
			break;
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS &&
		    next != IPPROTO_MH && next != IPPROTO_FRAGMENT && next != IPPROTO_AH)
			break;
		if (config.has_l4_proto && next == config.l4_proto)
			break;
		if (!read_bytes(layers, at, extension, sizeof(extension)))
			return false;
		length = (extension[1] + 1) * 8;
		if (next == IPPROTO_AH)
			length = (extension[1] + 2) * 4;
		if (next == IPPROTO_FRAGMENT) {
			length = 8;
			later_fragment = extension[2] || extension[3] & 0xf8;
		}
		next = extension[0];
		at += length;
	}
	return l4_matches(layers, next, at, later_fragment);
}

static __noinline bool ipv6_matches(const struct layers *layers)
{
	struct ipv6_header ip;

	if (!read_bytes(layers, layers->l3, &ip, sizeof(ip)))
		return false;
	if (!addresses_match(ETH_P_IPV6, ip.saddr, ip.daddr))
		return false;
	return !wants_l4() || ipv6_l4_matches(layers, ip.next_header);
}

static __noinline bool arp_matches(const struct layers *layers)
{
	struct arp_packet arp;
	__be32 sender, target;

	if (!wants_address())
		return true;
	if (!read_bytes(layers, layers->l3, &arp, sizeof(arp)))
		return false;
	__builtin_memcpy(&sender, arp.sender, sizeof(sender));
	__builtin_memcpy(&target, arp.target, sizeof(target));
	return addresses_match(ETH_P_IP, &sender, &target);
}

static __noinline bool flow_matches(const struct layers *layers, const struct nt_flow *flow)
{
	__be32 saddr[4], daddr[4];

	__builtin_memcpy(saddr, flow->saddr, sizeof(saddr));
	__builtin_memcpy(daddr, flow->daddr, sizeof(daddr));
	if (!addresses_match(layers->ethertype, saddr, daddr))
		return false;
	if (layers->l4)
		return l4_matches(layers, flow->l4_proto, layers->l4, false);
	return protocol_matches(flow->l4_proto) && ports_match(flow->sport, flow->dport) &&
	       (!config.tcp_flags || flags_match(flow->tcp_flags));
}

static __always_inline bool packet_matches(const struct layers *layers, const struct nt_flow *flow,
					   __u16 flags, __u64 zero)
{
	/* Copies: what is asked here, the verifier does not learn of the layers. */
	__u64 ethertype = layers->ethertype, has_l3 = layers->has_l3;

	VERIFIER_FORGET(ethertype, zero);
	VERIFIER_FORGET(has_l3, zero);
	if (config.ethertype && ethertype != config.ethertype)
		return false;
	if (!wants_address() && !wants_l4())
		return true;
	if (flags & NT_HAS_FLOW)
		return flow_matches(layers, flow);
	if (!has_l3)
		return false;
	switch (ethertype) {
	case ETH_P_IP:
		return ipv4_matches(layers);
	case ETH_P_IPV6:
		return ipv6_matches(layers);
	case ETH_P_ARP:
	case ETH_P_RARP:
		return !wants_l4() && arp_matches(layers);
	}
	return false;
}

#endif
