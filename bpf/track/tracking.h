/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The lives of packets that matched. A life begins with the first match; copies join the life of
 * what they are copied from; an address that is freed leaves it, so that its next user is another
 * packet. */
#ifndef NETTRACE_BPF_LIFE_H
#define NETTRACE_BPF_LIFE_H

#include "track/deferred.h"
#include "match/filter.h"
#include "kernel.h"
#include "nettrace/tracking.h"
#include "ring.h"

#define MOST_FRAGMENTS 64 /* of a reassembled packet, looked at one by one */
#define LONGEST_UNTOLD_NS 10000000000ULL

enum life_state {
	LIFE_STATELESS = 1 << 0, /* the tracepoint consume_skb is its end */
	LIFE_COALESCED = 1 << 1, /* `taker` has its data; its end is near */
	LIFE_OVER = 1 << 2,	 /* `taker` has it whole, to be freed with it: no packet any more */
	LIFE_UNTOLD = 1 << 3,	 /* under way when the trace began: neither it nor its copies */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* userspace sets it where it is needed */
	__type(key, __u64);	/* address of an skb */
	__type(value, struct nt_followed);
} lives SEC(".maps");

static __always_inline struct nt_followed *find_life(__u64 skb)
{
	return bpf_map_lookup_elem(&lives, &skb);
}

/* The verifier lets nobody compute with a pointer whose type it knows. */
static __always_inline __u64 number_of(__u64 skb)
{
	if (shape() & NT_SHAPE_TYPED)
		FORGET_TYPE(skb);
	return skb;
}

/* Two skbs that begin in the same nanosecond have different addresses. 0: too many are followed. */
static __always_inline __u64 begin_life(__u64 skb, const struct layers *layers,
					const struct nt_flow *flow, __u16 flags, __u64 state)
{
	struct nt_followed life = {};

	life.id = bpf_ktime_get_ns() << NT_LIFE_TIME_SHIFT ^
		  (number_of(skb) >> 6 & ((1 << NT_LIFE_TIME_SHIFT) - 1));
	life.state = state;
	life.ethertype = layers->ethertype;
	life.flow_flags = flags;
	life.flow = *flow;
	if (!bpf_map_update_elem(&lives, &skb, &life, BPF_ANY))
		return life.id;
	COUNT(lives_full);
	return 0;
}

/* The end of one that is never told may have been missed, and nobody tells then that its address
 * has another user. With the next hit that is a packet as any. */
static __noinline void leave_untold(__u64 skb)
{
	struct nt_followed *life = find_life(skb);

	if (life && (bpf_ktime_get_ns() << NT_LIFE_TIME_SHIFT) - life->id >
			    LONGEST_UNTOLD_NS << NT_LIFE_TIME_SHIFT)
		bpf_map_delete_elem(&lives, &skb);
}

/* A copy that has neither headers nor a socket is known by what its packet was when it matched:
 * TCP's queues hold such. Returns the record's flags, as read_flow() does. */
static __noinline __u16 read_flow_of_life(__u64 skb, struct layers *layers, struct nt_flow *flow)
{
	struct nt_followed *life = find_life(skb);

	if (!life || !life->flow_flags)
		return 0;
	layers->ethertype = life->ethertype;
	*flow = life->flow;
	return life->flow_flags;
}

static __always_inline void tell_life(enum nt_record_kind kind, __u64 id, __u64 skb, __u64 other)
{
	struct nt_life *record;

	if (config.least_latency_ns && !is_late(id, skb, other, kind, 0))
		return;
	if (!config.tell_lives)
		return;
	record = reserve(sizeof(*record), kind);
	if (!record)
		return;
	record->life = id;
	record->skb = skb;
	record->other = other;
	submit(record);
}

static __always_inline void join_life(__u64 skb, __u64 parent)
{
	struct nt_followed *life = find_life(parent), *own;
	struct nt_followed joined;

	if (!life || life->state & LIFE_OVER)
		return;
	joined = *life;
	joined.taker = 0;
	joined.state &= LIFE_UNTOLD;
	own = find_life(skb);
	if (own && own->id == joined.id && !(own->state & LIFE_OVER))
		return;
	if (bpf_map_update_elem(&lives, &skb, &joined, BPF_ANY)) {
		COUNT(lives_full);
		return;
	}
	if (!joined.state)
		tell_life(NT_JOIN, joined.id, skb, parent);
}

static __always_inline void end_life(__u64 skb)
{
	struct nt_followed *life = find_life(skb);
	__u64 id, taker, state;

	if (!life)
		return;
	id = life->id;
	taker = life->taker;
	state = life->state;
	bpf_map_delete_elem(&lives, &skb);
	if (state & (LIFE_OVER | LIFE_UNTOLD))
		return;
	if (state & LIFE_COALESCED)
		tell_life(NT_TAKEN, id, skb, taker);
	else
		tell_life(NT_END, id, skb, 0);
}

/* The skb stays in memory as a part of `taker`. */
static __always_inline void take_life(__u64 skb, __u64 taker)
{
	struct nt_followed *life = find_life(skb);

	if (!life || life->state & LIFE_OVER)
		return;
	life->state |= LIFE_OVER;
	if (!(life->state & LIFE_UNTOLD))
		tell_life(NT_TAKEN, life->id, skb, taker);
}

static __always_inline void mark_life(__u64 skb, enum life_state state, __u64 taker)
{
	struct nt_followed *life = find_life(skb);

	if (!life)
		return;
	life->state |= state;
	if (taker)
		life->taker = taker;
}

/* The tracepoint consume_skb: mostly followed by the end of an skb, in one case the end itself. */
static __always_inline void consume_life(__u64 skb)
{
	struct nt_followed *life = find_life(skb);

	if (life && life->state & LIFE_STATELESS)
		end_life(skb);
}

/* GRO has put `skb` into another: its data only, and then it is freed, or the whole. */
static __always_inline void finish_gro(__u64 skb)
{
	struct nt_followed *life = find_life(skb);
	struct napi_gro_cb *cb;

	if (!life)
		return;
	cb = (void *)skb + bpf_core_field_offset(((struct sk_buff *)0)->cb);
	if (BPF_CORE_READ_BITFIELD_PROBED(cb, free))
		life->state |= LIFE_COALESCED;
	else
		take_life(skb, life->taker);
}

/* The fragments that were not merged into the head are a list behind it. */
static __always_inline void finish_reassembly(struct sk_buff *head)
{
	struct skb_shared_info *info;
	struct sk_buff *skb = NULL;

	info = (void *)BPF_CORE_READ(head, head) + BPF_CORE_READ(head, end);
	bpf_core_read(&skb, sizeof(skb), &info->frag_list);
	for (int i = 0; i < MOST_FRAGMENTS && skb; i++) {
		take_life((__u64)skb, (__u64)head);
		if (bpf_core_read(&skb, sizeof(skb), &skb->next))
			break;
	}
}

#endif
