/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the packet is: its headers, or what its socket says of them. */
#ifndef NETTRACE_BPF_SECTION_PACKET_H
#define NETTRACE_BPF_SECTION_PACKET_H

#include "section/hit.h"

/* Copies the bytes from `start` to the end of the linear part or of the first fragment. */
static __always_inline void copy_headers(const struct layers *layers, __u64 start,
					 struct nt_packet *to)
{
	const unsigned char *from = layers->head + start;
	__u64 size = layers->tail - start;

	if (start >= layers->tail) {
		__u64 skb = skb_number(layers), head = (__u64)layers->head;

		start -= layers->tail;
		size = fragment_bytes(skb, head, start, 0);
		from = (void *)fragment_bytes(skb, head, start, 1);
		if (!size || !from)
			return;
	}
	if (size > NT_HEADER_BYTES)
		size = NT_HEADER_BYTES;
	to->header_len = size;
	/* Read again, so that the verifier does not ask for what it was computed from. */
	size = *(volatile __u16 *)&to->header_len;
	if (size > NT_HEADER_BYTES || bpf_probe_read_kernel(to->header, size, from))
		to->header_len = 0;
}

/* The headers from the first layer that is there. */
static __always_inline void put_headers(const struct layers *layers, struct nt_packet *to)
{
	__u64 start = layers->l2;

	to->header_len = 0;
	to->l3_offset = NT_NO_OFFSET;
	to->l4_offset = NT_NO_OFFSET;
	if (layers->has_l3) {
		/* Without its L2 where that is far away: left from before the headers were pulled,
		 * or linear while L3 is in a fragment. */
		if (!has_l2(layers) || layers->l3 >= layers->tail ||
		    layers->l3 - layers->l2 > ETH_HLEN + NT_MAX_VLAN_TAGS * VLAN_TAG_BYTES)
			start = layers->l3;
	} else if (layers->l4) {
		start = layers->l4;
	} else if (!has_l2(layers)) {
		return;
	}
	copy_headers(layers, start, to);
	if (layers->has_l3 && layers->l3 - start < to->header_len)
		to->l3_offset = layers->l3 - start;
	else if (!layers->has_l3 && layers->l4 && to->header_len)
		to->l4_offset = 0;
}

static __always_inline void fill_packet(const struct hit *hit, struct nt_packet *to)
{
	const struct layers *layers = hit->layers;
	struct sk_buff *skb = layers->skb;
	__u64 flags = hit->packet_flags;

	to->len = READ(skb, len);
	to->ethertype = layers->ethertype;
	to->vlan_tci = 0;
	if (has_vlan_tag(skb)) {
		flags |= NT_HAS_VLAN_TAG;
		to->vlan_tci = READ(skb, vlan_tci);
	}
	to->flags = flags;
	if (flags & NT_HAS_FLOW)
		to->flow = *hit->flow;
	put_headers(layers, to);
}

#endif
