/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether a packet is one that the user asked for. The verifier removes every test that was not
 * asked for. */
#ifndef NETTRACE_BPF_FILTER_H
#define NETTRACE_BPF_FILTER_H

#include "flow.h"

#define MOST_EXTENSION_HEADERS 6
#define TCP_FLAGS_OFFSET 13

struct ipv4_header {
	__u8 version_ihl;
	__u8 tos;
	__be16 total_length;
	__be16 id;
	__be16 fragment; /* flags and offset */
	__u8 ttl;
	__u8 protocol;
	__be16 checksum;
	__be32 saddr;
	__be32 daddr;
};

struct ipv6_header {
	__be32 version_class_label;
	__be16 payload_length;
	__u8 next_header;
	__u8 hop_limit;
	__be32 saddr[4];
	__be32 daddr[4];
};

/* ARP for IPv4 over Ethernet, RFC 826. */
struct arp_packet {
	__u8 fixed[8];
	__u8 sender_mac[6];
	__u8 sender[4];
	__u8 target_mac[6];
	__u8 target[4];
};

static __always_inline bool wants_address(void)
{
	return config.saddr.ethertype || config.daddr.ethertype || config.addr.ethertype;
}

static __always_inline bool wants_ports(void)
{
	return config.has_sport || config.has_dport || config.has_port;
}

static __always_inline bool wants_l4(void)
{
	return config.has_l4_proto || config.tcp_or_udp || config.tcp_flags || wants_ports();
}

static __always_inline bool in_prefix(const volatile struct nt_prefix *prefix, __u16 ethertype,
				      const __be32 *address)
{
	if (prefix->ethertype != ethertype)
		return false;
	if ((address[0] & prefix->mask[0]) != prefix->addr[0])
		return false;
	if (ethertype == ETH_P_IP)
		return true;
	return (address[1] & prefix->mask[1]) == prefix->addr[1] &&
	       (address[2] & prefix->mask[2]) == prefix->addr[2] &&
	       (address[3] & prefix->mask[3]) == prefix->addr[3];
}

static __always_inline bool addresses_match(__u16 ethertype, const __be32 *source,
					    const __be32 *destination)
{
	if (config.saddr.ethertype && !in_prefix(&config.saddr, ethertype, source))
		return false;
	if (config.daddr.ethertype && !in_prefix(&config.daddr, ethertype, destination))
		return false;
	return !config.addr.ethertype || in_prefix(&config.addr, ethertype, source) ||
	       in_prefix(&config.addr, ethertype, destination);
}

static __always_inline bool protocol_matches(__u8 protocol)
{
	if (config.has_l4_proto && protocol != config.l4_proto)
		return false;
	return !config.tcp_or_udp || protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

static __always_inline bool ports_match(__be16 source, __be16 destination)
{
	if (config.has_sport && source != config.sport)
		return false;
	if (config.has_dport && destination != config.dport)
		return false;
	return !config.has_port || source == config.port || destination == config.port;
}

static __always_inline bool flags_match(__u8 flags)
{
	return (flags & config.tcp_flags) == config.tcp_flags;
}

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

/* Where headers are read by plain loads: most packets are not those that are asked for, and it is
 * seen from the addresses or the protocol, at a third of a copy's price. */
static __always_inline bool ipv4_can_match(const struct layers *layers)
{
	struct iphdr *ip;
	__be32 source, destination;

	if (!bpf_rdonly_cast || layers->l3 + sizeof(struct ipv4_header) > layers->tail)
		return true;
	ip = KERNEL_OBJECT(iphdr, layers->head + layers->l3);
	if (wants_address()) {
		source = ip->saddr;
		destination = ip->daddr;
		if (!addresses_match(ETH_P_IP, &source, &destination))
			return false;
	}
	return !wants_l4() || protocol_matches(ip->protocol);
}

static __always_inline bool ipv6_can_match(const struct layers *layers)
{
	struct ipv6hdr *ip;
	struct in6_addr source, destination;

	if (!bpf_rdonly_cast || !wants_address() ||
	    layers->l3 + sizeof(struct ipv6_header) > layers->tail)
		return true;
	ip = KERNEL_OBJECT(ipv6hdr, layers->head + layers->l3);
	source = ip->saddr;
	destination = ip->daddr;
	return addresses_match(ETH_P_IPV6, source.in6_u.u6_addr32, destination.in6_u.u6_addr32);
}

static __always_inline bool ipv4_matches(const struct layers *layers)
{
	struct ipv4_header ip;

	if (!ipv4_can_match(layers))
		return false;
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
	for (int i = 0; i < MOST_EXTENSION_HEADERS; i++) {
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

	if (!ipv6_can_match(layers))
		return false;
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
	if (layers->has_l4)
		return l4_matches(layers, flow->l4_proto, layers->l4, false);
	return protocol_matches(flow->l4_proto) && ports_match(flow->sport, flow->dport) &&
	       (!config.tcp_flags || flags_match(flow->tcp_flags));
}

static __always_inline bool packet_matches(const struct layers *layers, const struct nt_flow *flow,
					   __u16 flags)
{
	if (config.ethertype && layers->ethertype != config.ethertype)
		return false;
	if (!wants_address() && !wants_l4())
		return true;
	if (flags & NT_HAS_FLOW)
		return flow_matches(layers, flow);
	if (!layers->has_l3)
		return false;
	switch (layers->ethertype) {
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
