/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A pcap expression, held against a packet: on its way through the kernel it has rarely the form in
 * which tcpdump would see it, and is shown to the expression as if it had. */
#ifndef NETTRACE_BPF_MATCH_EXPRESSION_H
#define NETTRACE_BPF_MATCH_EXPRESSION_H

#include "match/criteria.h"
#include "packet/layers.h"
#include "nettrace/expression.h"
#include "nettrace/record.h"

#define TCP_HEADER_BYTES 20
#define UDP_HEADER_BYTES 8
#define TYPE_OFFSET 12 /* of the ethertype or the first VLAN tag, in an Ethernet header */

/* Of a word in host order, those from the `at`th byte on. */
static __always_inline __u64 bytes_of_word(__u64 word, __u64 at, __u32 size)
{
	if (at + size > 4)
		return NT_NO_BYTES;
	word = (__u32)word >> (4 - at - size) * 8;
	return size == 4 ? word : word & ((1ULL << size * 8) - 1);
}

static __always_inline __u32 read_word(__u64 address)
{
	__u32 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
	return value;
}

/* The number at an address, by a plain load of a field that has its size. */
#define LOAD_LIKE(field, address)                                                                  \
	(KERNEL_OBJECT(iphdr, (address)-bpf_core_field_offset(((struct iphdr *)NULL)->field))      \
		 ->field)

static __always_inline __u64 bytes_at(__u64 address, __u32 size)
{
	__u32 value = 0;

	if (bpf_rdonly_cast) {
		if (size == 4)
			return bpf_ntohl(LOAD_LIKE(saddr, address));
		if (size == 2)
			return bpf_ntohs(LOAD_LIKE(tot_len, address));
		return LOAD_LIKE(protocol, address);
	}
	if (bpf_probe_read_kernel(&value, size, (void *)address))
		return NT_NO_BYTES;
	return bpf_ntohl(value) >> (sizeof(value) - size) * 8;
}

#define WORD_OF_FLOW(frame, field)                                                                 \
	read_word((frame)->flow + __builtin_offsetof(struct nt_flow, field))

static __always_inline __u8 protocol_of_flow(const struct nt_frame *frame)
{
	return WORD_OF_FLOW(frame, tcp_flags) >> 8;
}

/* The nth word of the transport header that is still to be written, in host order. */
static __always_inline __u32 planned_l4_word(const struct nt_frame *frame, __u64 n)
{
	if (n == 0)
		return bpf_ntohl(WORD_OF_FLOW(frame, sport));
	if (protocol_of_flow(frame) != IPPROTO_TCP)
		return 0;
	if (n == 1)
		return WORD_OF_FLOW(frame, tcp_seq);
	if (n == 2)
		return WORD_OF_FLOW(frame, tcp_ack);
	return n == 3 ? 5U << 28 | (WORD_OF_FLOW(frame, tcp_flags) & 0xff) << 16 : 0;
}

/* The nth word of the network header, in host order. */
static __always_inline __u32 planned_l3_word(const struct nt_frame *frame, __u64 n)
{
	__u64 from = 2, addresses;

	if (frame->ethertype == ETH_P_IP) {
		if (n == 0)
			return 0x45U << 24 | (__u16)(frame->len - ETH_HLEN);
		if (n == 2)
			return protocol_of_flow(frame) << 16;
		addresses = n == 3 ? __builtin_offsetof(struct nt_flow, saddr)
				   : __builtin_offsetof(struct nt_flow, daddr);
		return n < 3 ? 0 : bpf_ntohl(read_word(frame->flow + addresses));
	}
	if (n == 0)
		return 6U << 28;
	if (n == 1)
		return (frame->len - ETH_HLEN - sizeof(struct ipv6_header)) << 16 |
		       protocol_of_flow(frame) << 8;
	return bpf_ntohl(read_word(frame->flow + (n - from) * 4)); /* the two stand side by side */
}

/* Of a packet that has no network header yet, `at` bytes behind where it will begin. No number that
 * an expression asks for lies across two words. */
static __noinline __u64 planned_bytes(const struct nt_frame *frame, __u64 at, __u32 size)
{
	__u64 l3_bytes = frame->ethertype == ETH_P_IP ? sizeof(struct ipv4_header)
						      : sizeof(struct ipv6_header);
	__u64 n = at / 4;

	if (at < l3_bytes)
		return bytes_of_word(planned_l3_word(frame, n), at & 3, size);
	at -= l3_bytes;
	if (frame->size)
		return at + size <= frame->size ? bytes_at(frame->bytes + at, size) : NT_NO_BYTES;
	if (at + size >
	    (protocol_of_flow(frame) == IPPROTO_TCP ? TCP_HEADER_BYTES : UDP_HEADER_BYTES))
		return NT_NO_BYTES;
	return bytes_of_word(planned_l4_word(frame, at / 4), at & 3, size);
}

static __noinline __u64 bytes_of_fragment(const struct nt_frame *frame, __u64 at, __u32 size)
{
	__u64 skb = frame->skb, from;

	if (!skb || at < frame->size)
		return NT_NO_BYTES; /* or a part of it lies in the linear part */
	VERIFIER_FORGET_TYPE(skb);
	from = fragment_bytes(skb, frame->head, at - frame->size, size);
	return from ? bytes_at(from, size) : NT_NO_BYTES;
}

static __always_inline bool is_length_of_l2(__u64 length)
{
	return length == ETH_HLEN || length == ETH_HLEN + VLAN_TAG_BYTES ||
	       length == ETH_HLEN + 2 * VLAN_TAG_BYTES;
}

/* Protocol << 16 | TCI of the VLAN tag that was taken out; 0: there is none. */
static __noinline __u64 tag_of(struct sk_buff *skb)
{
	if (!has_vlan_tag(skb))
		return 0;
	return bpf_ntohs(READ(skb, vlan_proto)) << 16 | READ(skb, vlan_tci);
}

/* Of a packet whose L2 and L3 stand so many bytes behind skb->head; in a tunnel, they are not the
 * skb's own, and the tag that was taken out is not theirs. */
static __always_inline void frame_of_skb(struct sk_buff *skb, __u64 l2, __u64 l3, __u16 ethertype,
					 struct nt_frame *frame)
{
	const unsigned char *head = read_head(skb);
	__u64 data = (__u64)READ(skb, data) - (__u64)head;
	__u64 start = is_length_of_l2(l3 - l2) ? l2 : l3;
	__u64 has_l2 = start != l3;

	frame->bytes = (__u64)head + start;
	frame->size = READ(skb, tail) - start;
	frame->skb = (__u64)skb;
	frame->head = (__u64)head;
	frame->ethertype = ethertype;
	frame->has_l2 = has_l2;
	frame->tag = l2 == READ(skb, mac_header) ? tag_of(skb) : 0;
	frame->has_tag = frame->tag != 0;
	frame->hides_tag = !frame->has_tag && l3 - start > ETH_HLEN;
	frame->len = READ(skb, len) + data - start + (1 - (__u32)has_l2) * ETH_HLEN;
	if (config.expression == NT_EXPRESSION_WITHOUT_TAG) {
		frame->has_tag = false;
		frame->len -= frame->hides_tag * VLAN_TAG_BYTES;
	} else {
		frame->hides_tag = false;
	}
}

/* A word of a frame whose address is a number, by a plain load. */
static __always_inline __u64 word_at(__u64 address)
{
	address -= bpf_core_field_offset(((struct sk_buff *)NULL)->skb_mstamp_ns);
	return KERNEL_OBJECT(sk_buff, address)->skb_mstamp_ns;
}

#define WORD_OF_VIEW(address, field) word_at((address) + __builtin_offsetof(struct nt_view, field))

static __always_inline void copy_frame(__u64 address, struct nt_frame *frame)
{
	__u64 *words = (__u64 *)frame;

	if (bpf_rdonly_cast) {
#pragma unroll
		for (__u32 i = 0; i < sizeof(*frame) / sizeof(*words); i++)
			words[i] = word_at(address + i * sizeof(*words));
	} else {
		bpf_probe_read_kernel(frame, sizeof(*frame), (void *)address);
	}
}

/* What packet_bytes() does not find at once. */
static __noinline __u64 searched_bytes(__u64 address, __u64 at, __u32 size, __u64 quick)
{
	struct nt_frame copy = {}, *frame = &copy;

	if (size > 2 && size != 4)
		return NT_NO_BYTES;
	copy_frame(address + __builtin_offsetof(struct nt_view, frame), frame);
	if (bpf_rdonly_cast && quick) {
		struct sk_buff *skb = KERNEL_OBJECT(sk_buff, frame->skb);

		frame_of_skb(skb, READ(skb, mac_header), quick - frame->head,
			     WORD_OF_VIEW(address, quick_type), frame);
		frame->flow = 0;
	}
	if (!size)
		return frame->len;
	if (frame->hides_tag && at >= TYPE_OFFSET)
		at += VLAN_TAG_BYTES;
	if (frame->has_tag && at >= TYPE_OFFSET) {
		if (at < TYPE_OFFSET + VLAN_TAG_BYTES)
			return bytes_of_word(frame->tag, at - TYPE_OFFSET, size);
		at -= VLAN_TAG_BYTES;
	}
	if (!frame->has_l2) {
		if (at == TYPE_OFFSET && size == 2)
			return frame->ethertype;
		if (at + size <= TYPE_OFFSET)
			return 0; /* addresses that are not known */
		if (at < ETH_HLEN)
			return NT_NO_BYTES;
		at -= ETH_HLEN;
	}
	if (frame->flow)
		return planned_bytes(frame, at, size);
	if (at + size > frame->size)
		return bytes_of_fragment(frame, at, size);
	return bytes_at(frame->bytes + at, size);
}

/* 1, 2 or 4 bytes of the packet of a struct nt_view, and what belongs to it, as a number in
 * host order; 0: its length. Like expression(), the verifier walks it once, not once a call: it is
 * a global function, and those take numbers. */
__noinline __u64 packet_bytes(__u64 address, __u32 offset, __u32 size, __u64 quick,
			      __u64 quick_size)
{
	__u64 at = offset;

	if (bpf_rdonly_cast && quick) {
		if (size && at >= ETH_HLEN && at + size <= ETH_HLEN + quick_size)
			return bytes_at(quick + at - ETH_HLEN, size);
		if (size == 2 && at == TYPE_OFFSET)
			return WORD_OF_VIEW(address, quick_type);
	}
	return searched_bytes(address, at, size, quick);
}

/* Userspace puts the expression in this one's place. */
__noinline __u64 expression(__u64 address, __u64 quick, __u64 quick_size)
{
	__u64 unknown = LOAD_CONST(NT_EXPRESSION_PLACEHOLDER);

	return packet_bytes(address, unknown, unknown >> 32, quick, quick_size);
}

/* If skb and plain loads say at once where L3 stands, its address and how many bytes are there; 0:
 * locate() has to find out. */
static __always_inline __u64 fast_frame(struct sk_buff *skb, struct nt_view *view, __u64 *size)
{
	__u16 network = READ(skb, network_header);
	__u32 tail = READ(skb, tail);
	__be16 protocol = READ(skb, protocol);

	if (!bpf_rdonly_cast || config.expression != NT_EXPRESSION_WITHOUT_TAG || !network ||
	    network + sizeof(struct ipv4_header) > tail)
		return 0;
	if (protocol != bpf_htons(ETH_P_IP) && protocol != bpf_htons(ETH_P_IPV6))
		return 0;
	view->frame.head = (__u64)read_head(skb);
	view->frame.skb = (__u64)skb;
	view->quick_type = bpf_ntohs(protocol);
	*size = tail - network;
	return view->frame.head + network;
}

/* Of one without L3, and of L4 what stands at skb->transport_header. */
static __always_inline void frame_of_flow(const struct layers *layers, const struct nt_flow *flow,
					  struct nt_frame *frame)
{
	struct sk_buff *skb = layers->skb;
	__u64 address = (__u64)flow;

	VERIFIER_FORGET_TYPE(
		address); /* or it could not be written into another function's frame */
	frame->flow = address;
	if (layers->l4 && layers->l4 < layers->tail) {
		frame->bytes = (__u64)layers->head + layers->l4;
		frame->size = layers->tail - layers->l4;
	}
	frame->ethertype = layers->ethertype;
	frame->len = READ(skb, len) + ETH_HLEN;
	/* Else the data begins with the network header, which is still to be written. */
	if ((__u64)READ(skb, data) != (__u64)layers->head + READ(skb, network_header))
		frame->len += layers->ethertype == ETH_P_IP ? sizeof(struct ipv4_header)
							    : sizeof(struct ipv6_header);
}

#endif
