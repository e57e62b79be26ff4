/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Skb tracking: which skbs belong to which packet. Tracking begins with the first match; a copy
 * gets the tracking id of what it is copied from; an address that is freed loses it, so that its
 * next user is another packet. */
#ifndef NETTRACE_BPF_TRACK_TRACKING_H
#define NETTRACE_BPF_TRACK_TRACKING_H

#include "track/deferred.h"
#include "match/filter.h"
#include "kernel.h"
#include "nettrace/tracking.h"
#include "ring.h"

#define MAX_FRAGMENTS 64 /* of a reassembled packet, looked at one by one */
#define MAX_SUPPRESSED_NS 10000000000ULL

enum tracked_state {
	TRACKED_STATELESS = 1 << 0, /* the tracepoint consume_skb is its end */
	TRACKED_COALESCED = 1 << 1, /* `merged_into` has its data; its end is near */
	TRACKED_MERGED =
		1 << 2, /* `merged_into` has it whole, to be freed with it: no packet any more */
	TRACKED_SUPPRESSED = 1 << 3, /* under way when the trace began: neither it nor its copies */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* userspace sets it where it is needed */
	__type(key, __u64);	/* address of an skb */
	__type(value, struct nt_tracked_skb);
} tracked_skbs SEC(".maps");

static __always_inline struct nt_tracked_skb *find_tracked(__u64 skb)
{
	return bpf_map_lookup_elem(&tracked_skbs, &skb);
}

/* The verifier lets nobody compute with a pointer whose type it knows. */
static __always_inline __u64 number_of(__u64 skb)
{
	if (variant() & NT_VARIANT_TYPED)
		VERIFIER_FORGET_TYPE(skb);
	return skb;
}

/* Two skbs that begin in the same nanosecond have different addresses. 0: too many are followed. */
static __always_inline __u64 begin_tracking(__u64 skb, const struct layers *layers,
					    const struct nt_flow *flow, __u16 flags, __u64 state)
{
	struct nt_tracked_skb tracked = {};

	tracked.id = bpf_ktime_get_ns() << NT_TRACKING_TIME_SHIFT ^
		     (number_of(skb) >> 6 & ((1 << NT_TRACKING_TIME_SHIFT) - 1));
	tracked.state = state;
	tracked.ethertype = layers->ethertype;
	tracked.flow_flags = flags;
	tracked.flow = *flow;
	if (!bpf_map_update_elem(&tracked_skbs, &skb, &tracked, BPF_ANY))
		return tracked.id;
	COUNT(tracked_full);
	return 0;
}

/* The end of a suppressed skb may have been missed; nothing says then that another packet has its
 * address. After this time, the next hit is that of a new packet. */
static __noinline void expire_suppressed(__u64 skb)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);

	if (tracked && is_older(tracked->id, MAX_SUPPRESSED_NS, bpf_ktime_get_ns()))
		bpf_map_delete_elem(&tracked_skbs, &skb);
}

/* A copy in TCP's queues may have neither headers nor a socket; its packet's flow at the match says
 * what it is. Returns the record's flags, as read_flow() does. */
static __noinline __u16 read_tracked_flow(__u64 skb, struct layers *layers, struct nt_flow *flow)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);

	if (!tracked || !tracked->flow_flags)
		return 0;
	layers->ethertype = tracked->ethertype;
	*flow = tracked->flow;
	return tracked->flow_flags;
}

static __always_inline void send_tracking(enum nt_record_kind kind, __u64 id, __u64 skb,
					  __u64 other)
{
	struct nt_tracking *record;

	if (config.min_latency_ns && !is_late(id, number_of(skb), number_of(other), kind, 0))
		return;
	if (!config.tracking_records)
		return;
	record = reserve(sizeof(*record), kind);
	if (!record)
		return;
	record->tracking_id = id;
	record->skb = skb;
	record->other = other;
	submit(record);
}

static __always_inline void join_tracked(__u64 skb, __u64 parent)
{
	struct nt_tracked_skb *tracked = find_tracked(parent), *own;
	struct nt_tracked_skb joined;

	if (!tracked || tracked->state & TRACKED_MERGED)
		return;
	joined = *tracked;
	joined.merged_into = 0;
	joined.state &= TRACKED_SUPPRESSED;
	own = find_tracked(skb);
	if (own && own->id == joined.id && !(own->state & TRACKED_MERGED))
		return;
	if (bpf_map_update_elem(&tracked_skbs, &skb, &joined, BPF_ANY)) {
		COUNT(tracked_full);
		return;
	}
	if (!joined.state)
		send_tracking(NT_JOIN, joined.id, skb, parent);
}

static __always_inline void end_tracked(__u64 skb)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);
	__u64 id, merged_into, state;

	if (!tracked)
		return;
	id = tracked->id;
	merged_into = tracked->merged_into;
	state = tracked->state;
	bpf_map_delete_elem(&tracked_skbs, &skb);
	if (state & (TRACKED_MERGED | TRACKED_SUPPRESSED))
		return;
	if (state & TRACKED_COALESCED)
		send_tracking(NT_MERGED, id, skb, merged_into);
	else
		send_tracking(NT_END, id, skb, 0);
}

/* The skb stays in memory as a part of `merged_into`. A global function, which the verifier walks
 * once: it is called in a loop. */
__noinline int merge_tracked(__u64 skb, __u64 merged_into)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);

	if (!tracked || tracked->state & TRACKED_MERGED)
		return 0;
	tracked->state |= TRACKED_MERGED;
	if (!(tracked->state & TRACKED_SUPPRESSED))
		send_tracking(NT_MERGED, tracked->id, skb, merged_into);
	return 0;
}

static __always_inline void mark_tracked(__u64 skb, enum tracked_state state, __u64 merged_into)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);

	if (!tracked)
		return;
	tracked->state |= state;
	if (merged_into)
		tracked->merged_into = merged_into;
}

/* The tracepoint consume_skb: mostly followed by the end of an skb, in one case the end itself. */
static __always_inline void consume_tracked(__u64 skb)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);

	if (tracked && tracked->state & TRACKED_STATELESS)
		end_tracked(skb);
}

/* GRO has put `skb` into another: its data only, and then it is freed, or the whole. */
static __always_inline void finish_gro(__u64 skb)
{
	struct nt_tracked_skb *tracked = find_tracked(skb);
	struct napi_gro_cb *cb;

	if (!tracked)
		return;
	cb = (void *)skb + bpf_core_field_offset(((struct sk_buff *)0)->cb);
	if (BPF_CORE_READ_BITFIELD_PROBED(cb, free))
		tracked->state |= TRACKED_COALESCED;
	else
		merge_tracked(number_of(skb), tracked->merged_into);
}

/* The fragments that were not merged into the head are a list behind it. */
static __always_inline void finish_reassembly(struct sk_buff *head)
{
	struct skb_shared_info *info;
	struct sk_buff *skb = NULL;
	__u64 number = number_of((__u64)head);

	info = (void *)BPF_CORE_READ(head, head) + BPF_CORE_READ(head, end);
	bpf_core_read(&skb, sizeof(skb), &info->frag_list);
	for (int i = 0; i < MAX_FRAGMENTS && skb; i++) {
		merge_tracked((__u64)skb, number);
		if (bpf_core_read(&skb, sizeof(skb), &skb->next))
			break;
	}
}

#endif
