/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The packet inside a tunnel: VXLAN (RFC 7348), Geneve (RFC 8926), GRE (RFC 2890), IP in IP.
 * src/packet/tunnel.cc knows the same headers. */
#ifndef NETTRACE_BPF_PACKET_TUNNEL_H
#define NETTRACE_BPF_PACKET_TUNNEL_H

#include "packet/layers.h"
#include "nettrace/tunnel.h"

/* The stack is small, and this is deep in it: what is read shares these. */
struct tunnel_words {
	__be16 word[6];
};

#define READ_WORDS(layers, at, words, count) read_bytes(layers, at, words, (count) * sizeof(__be16))

/* Where an IP header's payload begins, and of which protocol it is; false: it is a later fragment,
 * or cannot be read. Extension headers are taken for what they are: no tunnel. */
static __always_inline bool ip_payload(const struct layers *layers, struct tunnel_words *words,
				       __u64 *at, __u8 *protocol)
{
	if (layers->ethertype == ETH_P_IP) {
		if (!READ_WORDS(layers, layers->l3, words, 5) || words->word[3] & bpf_htons(0x1fff))
			return false;
		*at = layers->l3 + (bpf_ntohs(words->word[0]) >> 8 & 0xf) * 4;
		*protocol = bpf_ntohs(words->word[4]);
		return true;
	}
	if (layers->ethertype == ETH_P_IPV6) {
		if (!READ_WORDS(layers, layers->l3, words, 4))
			return false;
		*at = layers->l3 + sizeof(struct ipv6_header);
		*protocol = bpf_ntohs(words->word[3]) >> 8;
		return true;
	}
	return false;
}

/* What is behind a tunnel's own header: an ethertype, or ETH_P_TEB for an Ethernet frame; 0: it is
 * no tunnel. Moves `at` there. */
static __always_inline __u16 pass_gre(const struct layers *layers, struct tunnel_words *words,
				      __u64 *at)
{
	__u16 flags;

	if (!READ_WORDS(layers, *at, words, 2))
		return 0;
	flags = bpf_ntohs(words->word[0]);
	if (flags & NT_GRE_UNKNOWN)
		return 0;
	*at += NT_GRE_BYTES(flags);
	return bpf_ntohs(words->word[1]);
}

/* The words are UDP's header, and four bytes of the tunnel's. */
static __always_inline __u16 pass_udp_tunnel(const struct layers *layers,
					     struct tunnel_words *words, __u64 *at)
{
	__u16 port;

	if (!READ_WORDS(layers, *at, words, 6))
		return 0;
	port = bpf_ntohs(words->word[1]);
	*at += 4 * sizeof(__be16);
	if (NT_IS_VXLAN_PORT(port)) {
		*at += NT_VXLAN_BYTES;
		return ETH_P_TEB;
	}
	if (port != NT_GENEVE_PORT)
		return 0;
	*at += NT_GENEVE_BYTES(bpf_ntohs(words->word[4]));
	return bpf_ntohs(words->word[5]);
}

/* Goes one tunnel further in; false: there is none. */
static __always_inline bool enter_tunnel(struct layers *layers)
{
	struct tunnel_words words;
	__u16 inside = 0;
	__u8 protocol;
	__u64 at;

	if (!layers->has_l3 || !ip_payload(layers, &words, &at, &protocol))
		return false;
	switch (protocol) {
	case IPPROTO_IPIP:
		inside = ETH_P_IP;
		break;
	case IPPROTO_IPV6:
		inside = ETH_P_IPV6;
		break;
	case IPPROTO_GRE:
		inside = pass_gre(layers, &words, &at);
		break;
	case IPPROTO_UDP:
		inside = pass_udp_tunnel(layers, &words, &at);
		break;
	}
	if (inside == ETH_P_TEB) {
		layers->l2 = at;
		walk_ethernet(layers);
		return layers->l3 > at;
	}
	if (inside != ETH_P_IP && inside != ETH_P_IPV6)
		return false;
	layers->l2 = UNSET_HEADER;
	layers->l3 = at;
	layers->ethertype = inside;
	return true;
}

/* A function of its own: what it changes comes back as numbers that the verifier knows nothing of,
 * so that nothing behind it is walked once for each kind of tunnel. */
static __noinline void enter_tunnels(struct layers *layers)
{
	for (int i = 0; i < NT_MAX_TUNNELS; i++) {
		if (!enter_tunnel(layers))
			break;
	}
	forget_ways(layers, opaque_zero);
}

#endif
