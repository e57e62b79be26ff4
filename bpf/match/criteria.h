/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the user asked for, held against addresses, protocols, ports and flags. The verifier removes
 * every test that was not asked for. */
#ifndef NETTRACE_BPF_MATCH_CRITERIA_H
#define NETTRACE_BPF_MATCH_CRITERIA_H

#include "constants.h"
#include "kernel.h"

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

#endif
