/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A packet that matched, as a record in the ring buffer. */
#ifndef NETTRACE_BPF_EMIT_H
#define NETTRACE_BPF_EMIT_H

#include "flow.h"
#include "nettrace/config.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 << 20); /* bytes */
} ring SEC(".maps");

/* In memory that userspace maps: read without a system call. */
struct nt_stats stats = {};

static __always_inline bool has_vlan_tag(struct sk_buff *skb)
{
	struct sk_buff___vlan_present *old = (void *)skb;

	if (bpf_core_field_exists(old->vlan_present))
		return BPF_CORE_READ_BITFIELD_PROBED(old, vlan_present);
	return READ(skb, vlan_proto) || READ(skb, vlan_tci);
}

static __always_inline void put_device(struct sk_buff *skb, struct nt_record *record)
{
	struct net_device *dev = KERNEL_OBJECT(net_device, READ(skb, dev));

	record->ifindex = dev ? READ(dev, ifindex) : 0;
	record->ifname[0] = 0;
	if (record->ifindex)
		bpf_core_read(record->ifname, sizeof(record->ifname), &dev->name);
}

/* Copies the bytes from `start` to the end of the linear part or of the first fragment. */
static __always_inline void copy_headers(const struct layers *layers, __u64 start,
					 struct nt_record *record)
{
	const unsigned char *from = layers->head + start;
	__u64 size = layers->tail - start;

	if (start >= layers->tail) {
		struct fragment fragment;

		find_fragment(layers->skb, layers->head, &fragment);
		start -= layers->tail;
		if (start >= fragment.size)
			return;
		from = fragment.data + start;
		size = fragment.size - start;
	}
	if (size > NT_HEADER_BYTES)
		size = NT_HEADER_BYTES;
	if (!bpf_probe_read_kernel(record->header, size, from))
		record->header_len = size;
}

/* The headers from the first layer that is there. */
static __always_inline void put_headers(const struct layers *layers, struct nt_record *record)
{
	__u64 start = layers->l2;

	record->header_len = 0;
	record->l3_offset = NT_NO_OFFSET;
	record->l4_offset = NT_NO_OFFSET;
	if (layers->has_l3) {
		/* Without its L2 where that is far away: left from before the headers were pulled,
		 * or linear while L3 is in a fragment. */
		if (!layers->has_l2 || layers->l3 >= layers->tail ||
		    layers->l3 - layers->l2 > ETH_HLEN + MOST_VLAN_TAGS * VLAN_TAG_BYTES)
			start = layers->l3;
	} else if (layers->has_l4) {
		start = layers->l4;
	} else if (!layers->has_l2) {
		return;
	}
	copy_headers(layers, start, record);
	if (layers->has_l3 && layers->l3 - start < record->header_len)
		record->l3_offset = layers->l3 - start;
	else if (!layers->has_l3 && layers->has_l4 && record->header_len)
		record->l4_offset = 0;
}

static __always_inline void emit(struct sk_buff *skb, const struct layers *layers,
				 const struct nt_flow *flow, __u16 flags, __u64 cookie)
{
	struct nt_record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);

	if (!record) {
		__sync_fetch_and_add(&stats.ring_full, 1);
		return;
	}
	record->time_ns = bpf_ktime_get_ns();
	record->skb = (__u64)skb;
	record->leaf = NT_COOKIE_LEAF(cookie);
	record->pid = bpf_get_current_pid_tgid() >> 32;
	record->cpu = bpf_get_smp_processor_id();
	bpf_get_current_comm(record->comm, sizeof(record->comm));
	put_device(skb, record);
	record->len = READ(skb, len);
	record->ethertype = layers->ethertype;
	record->vlan_tci = 0;
	if (has_vlan_tag(skb)) {
		flags |= NT_HAS_VLAN_TAG;
		record->vlan_tci = READ(skb, vlan_tci);
	}
	record->flags = flags;
	record->flow = *flow;
	put_headers(layers, record);
	bpf_ringbuf_submit(record, 0);
}

#endif
