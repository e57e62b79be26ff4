/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where the headers of an skb are. A leaf can see a packet at any point of its life: before its
 * MAC header is set, after it was pulled, with VLAN tags in the packet, or with no header yet. */
#ifndef NETTRACE_BPF_PACKET_LAYERS_H
#define NETTRACE_BPF_PACKET_LAYERS_H

#include "packet/fragment.h"
#include "kernel.h"
#include "nettrace/tunnel.h"

#define UNSET_HEADER 0xffff /* skb->mac_header and skb->transport_header before they are set */

struct layers {
	struct sk_buff *skb;
	const unsigned char *head; /* the offsets below count from here */
	__u64 tail;		   /* end of the linear data */
	__u64 l2;		   /* UNSET_HEADER: there is none */
	__u64 l3;		   /* valid with has_l3 */
	__u64 l4;		   /* skb->transport_header, only without an L3; 0: there is none */
	__u64 ethertype;	   /* of L3, below any VLAN tag, host order; 0: unknown */
	__u64 has_l3;
};

static __always_inline bool has_l2(const struct layers *layers)
{
	return layers->l2 != UNSET_HEADER;
}

/* As global functions take it. */
static __always_inline __u64 skb_number(const struct layers *layers)
{
	__u64 skb = (__u64)layers->skb;

	VERIFIER_FORGET_TYPE(skb);
	return skb;
}

static __always_inline bool read_bytes(const struct layers *layers, __u64 offset, void *to,
				       __u32 size)
{
	__u64 head = (__u64)layers->head, tail = layers->tail, from;

	VERIFIER_FORGET_TYPE(tail);
	VERIFIER_FORGET_TYPE(offset);
	from = head + offset;
	if (offset + size > tail) {
		if (offset < tail)
			return false;
		from = fragment_bytes(skb_number(layers), head, offset - tail, size);
	}
	return !bpf_probe_read_kernel(to, size, (void *)from); /* which fails where it is 0 */
}

static __always_inline bool is_vlan(__u16 ethertype)
{
	return ethertype == ETH_P_8021Q || ethertype == ETH_P_8021AD;
}

/* As a number: what is added to a pointer, the verifier keeps apart on every way to it. */
static __always_inline const unsigned char *read_head(struct sk_buff *skb)
{
	const unsigned char *head = READ(skb, head);

	VERIFIER_FORGET_TYPE(head);
	return head;
}

static __always_inline bool has_ethernet_header(struct sk_buff *skb)
{
	struct net_device *dev = KERNEL_OBJECT(net_device, READ(skb, dev));
	__u16 type = dev ? READ(dev, type) : ARPHRD_ETHER;

	return type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK;
}

static __always_inline bool has_vlan_tag(struct sk_buff *skb)
{
	struct sk_buff___vlan_present *old = (void *)skb;
	struct sk_buff___vlan_all *both = (void *)skb;

	if (bpf_core_field_exists(both->vlan_all))
		return READ(both, vlan_all);
	if (bpf_core_field_exists(old->vlan_present))
		return BPF_CORE_READ_BITFIELD_PROBED(old, vlan_present);
	return READ(skb, vlan_proto) || READ(skb, vlan_tci);
}

/* Walks from the Ethernet header over its VLAN tags to L3. */
static __always_inline void walk_ethernet(struct layers *layers)
{
	__u64 at = layers->l2 + ETH_HLEN;
	__be16 type = 0;

	if (!read_bytes(layers, at - sizeof(type), &type, sizeof(type)))
		return;
#pragma unroll
	for (int i = 0; i < NT_MAX_VLAN_TAGS; i++) {
		if (!is_vlan(bpf_ntohs(type)))
			break;
		at += VLAN_TAG_BYTES;
		if (!read_bytes(layers, at - sizeof(type), &type, sizeof(type)))
			return;
	}
	layers->l3 = at;
	layers->ethertype = bpf_ntohs(type);
	if (layers->ethertype < ETH_P_802_3_MIN)
		layers->ethertype = ETH_P_802_2; /* it was a length: LLC follows */
	layers->has_l3 = true;
	VERIFIER_FORGET(layers->l3, opaque_zero);
	VERIFIER_FORGET(layers->ethertype, opaque_zero);
	VERIFIER_FORGET(layers->has_l3, opaque_zero);
	VERIFIER_FORGET(layers->tail, opaque_zero);
}

static __always_inline __u16 ethertype_of_version(__u8 version)
{
	return version == 4 ? ETH_P_IP : version == 6 ? ETH_P_IPV6 : 0;
}

/* The upper half of the header's first byte, by a plain load. */
static __always_inline __u8 ip_version(const void *header)
{
	return BPF_CORE_READ_BITFIELD(KERNEL_OBJECT(iphdr, header), version);
}

/* skb->protocol is not set yet on the way out of IP: the version tells. */
static __always_inline __u16 ethertype_by_version(const struct layers *layers)
{
	__u8 first = 0;

	if (bpf_rdonly_cast && layers->l3 < layers->tail)
		return ethertype_of_version(ip_version(layers->head + layers->l3));
	read_bytes(layers, layers->l3, &first, sizeof(first));
	return ethertype_of_version(first >> 4);
}

static __always_inline void locate_l3(struct sk_buff *skb, struct layers *layers)
{
	__u16 network = READ(skb, network_header);
	__u16 ethertype = bpf_ntohs(READ(skb, protocol));

	if (has_l2(layers) && (is_vlan(ethertype) || !network) && has_ethernet_header(skb)) {
		/* On receive the network header is not set yet, or points to the tag. */
		walk_ethernet(layers);
		return;
	}
	layers->l3 = network ? network : layers->l2;
	layers->has_l3 = network || has_l2(layers);
	if (!layers->has_l3)
		return;
	if (ethertype && !is_vlan(ethertype)) {
		layers->ethertype = ethertype;
	} else {
		layers->ethertype = ethertype_by_version(layers);
		VERIFIER_FORGET(layers->ethertype, opaque_zero);
		VERIFIER_FORGET(layers->l3, opaque_zero);
		VERIFIER_FORGET(layers->tail, opaque_zero);
	}
}

static __always_inline void forget_ways(struct layers *layers, __u64 zero)
{
	VERIFIER_FORGET(layers->ethertype, zero);
	VERIFIER_FORGET(layers->has_l3, zero);
	VERIFIER_FORGET(layers->l2, zero);
	VERIFIER_FORGET(layers->l3, zero);
	VERIFIER_FORGET(layers->l4, zero);
}

/* `zero` is one that the verifier does not know: opaque_zero. */
static __always_inline void locate(struct sk_buff *skb, struct layers *layers, __u64 zero)
{
	__u16 mac = READ(skb, mac_header);

	layers->skb = skb;
	layers->head = read_head(skb);
	layers->tail = READ(skb, tail);
	layers->l2 = mac;
	layers->l3 = 0;
	layers->l4 = 0;
	layers->has_l3 = false;
	layers->ethertype = 0;
	locate_l3(skb, layers);
	if (!layers->has_l3) {
		layers->l4 = READ(skb, transport_header);
		if (layers->l4 == UNSET_HEADER)
			layers->l4 = 0;
	}
	forget_ways(layers, zero);
}

#endif
