/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A packet that matched, as a record in the ring buffer. */
#ifndef NETTRACE_BPF_EMIT_H
#define NETTRACE_BPF_EMIT_H

#include "track/calls.h"
#include "packet/flow.h"
#include "match/metadata.h"
#include "ring.h"

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
	record->header_len = size;
	/* Read again, so that the verifier does not ask for what it was computed from. */
	size = *(volatile __u16 *)&record->header_len;
	if (size > NT_HEADER_BYTES || bpf_probe_read_kernel(record->header, size, from))
		record->header_len = 0;
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
		if (!has_l2(layers) || layers->l3 >= layers->tail ||
		    layers->l3 - layers->l2 > ETH_HLEN + MAX_VLAN_TAGS * VLAN_TAG_BYTES)
			start = layers->l3;
	} else if (layers->l4) {
		start = layers->l4;
	} else if (!has_l2(layers)) {
		return;
	}
	copy_headers(layers, start, record);
	if (layers->has_l3 && layers->l3 - start < record->header_len)
		record->l3_offset = layers->l3 - start;
	else if (!layers->has_l3 && layers->l4 && record->header_len)
		record->l4_offset = 0;
}

/* How a call is known again when it returns. */
enum call_way {
	NO_CALL, /* a tracepoint */
	CALL_BY_FRAME,
	CALL_BY_SESSION,
};

/* A number for the call, and the way for its return to find it; 0: there is none. Calls of the same
 * nanosecond differ in their leaf or CPU. */
static __always_inline __u64 open_call(void *ctx, __u64 cookie, const struct nt_head *head,
				       enum call_way way)
{
	__u32 leaf = NT_COOKIE_LEAF(cookie);
	__u64 call = (head->time_ns << 21 ^ (__u64)leaf << 9 ^ head->cpu << 1) | 1;

	if (!(cookie & NT_COOKIE_RETURNS))
		return 0;
	if (way == CALL_BY_SESSION) {
		__u64 *kept = session_cookie(ctx);

		*kept = call;
		return call;
	}
	if (keep_call(ctx, leaf, call))
		return call;
	COUNT(calls_full);
	return 0;
}

static __always_inline void put_packet(const struct layers *layers, const struct nt_flow *flow,
				       __u64 flags, struct nt_record *record)
{
	struct sk_buff *skb = layers->skb;

	record->len = READ(skb, len);
	record->ethertype = layers->ethertype;
	record->vlan_tci = 0;
	if (has_vlan_tag(skb)) {
		flags |= NT_HAS_VLAN_TAG;
		record->vlan_tci = READ(skb, vlan_tci);
	}
	record->flags = flags;
	record->pad = 0;
	if (flags & NT_HAS_FLOW)
		record->flow = *flow;
	put_headers(layers, record);
}

struct record_with_stack {
	struct nt_record record;
	struct nt_stack stack;
};

/* Of look_closer_at_function() or its like, of match_at_function() or its like, of the program that
 * calls it, and of what the kernel calls that by: a trampoline, or bpf_trace_run1() and its like. A
 * kprobe's stack begins with the function's registers. */
static __always_inline __u64 own_frames(void)
{
	return config.expression ? 4 : 3;
}

static __always_inline void put_stack(void *ctx, enum call_way way, struct nt_stack *stack)
{
	bool is_kprobe = way != NO_CALL && !(variant() & NT_VARIANT_TRACING);
	long size = bpf_get_stack(ctx, stack->frames, sizeof(stack->frames),
				  is_kprobe ? 0 : own_frames());

	stack->size = size > 0 ? size : 0;
	stack->pad = 0;
}

static __always_inline void put_device(struct sk_buff *skb, struct nt_record *record)
{
	struct net_device *dev = device_of(skb);

	record->ifindex = dev ? READ(dev, ifindex) : 0;
	if (record->ifindex)
		bpf_core_read(record->ifname, sizeof(record->ifname), &dev->name);
}

#define LONGEST_ENTRY 32 /* bytes from a function's start to behind its call of a trampoline */

/* Of a function that is called with a trampoline in between. Kernels differ in whether the
 * function's own frame is among those that a stack has then, so it is looked for; those that do
 * not tell the function's address have it always. */
static __always_inline __u64 caller_behind_trampoline(void *ctx)
{
	__u64 frames[2] = {};

	bpf_get_stack(ctx, frames, sizeof(frames), own_frames());
	if (!(variant() & NT_VARIANT_TYPED) && frames[0] - bpf_get_func_ip(ctx) > LONGEST_ENTRY)
		return frames[0];
	return frames[1];
}

/* The address that the function will return to; 0: unknown. */
static __always_inline __u64 caller_of(void *ctx, enum call_way way)
{
	if (way == NO_CALL)
		return 0;
	return variant() & NT_VARIANT_TRACING ? caller_behind_trampoline(ctx) : return_address(ctx);
}

/* What is read only where a column shows it. */
static __always_inline void put_columns(void *ctx, enum call_way way, struct sk_buff *skb,
					struct nt_record *record)
{
	record->pid = 0;
	record->comm[0] = 0;
	*(__u64 *)&record->ifindex = 0; /* and ifname's first bytes */
	record->caller = 0;
	*(__u64 *)&record->mark = 0; /* and netns */
	if (!config.columns)
		return;
	if (config.task) {
		record->pid = bpf_get_current_pid_tgid() >> 32;
		bpf_get_current_comm(record->comm, sizeof(record->comm));
	}
	if (config.device)
		put_device(skb, record);
	if (config.caller)
		record->caller = caller_of(ctx, way);
	if (config.mark)
		record->mark = READ(skb, mark);
	if (config.netns)
		record->netns = netns_of(skb);
}

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1); /* leaves; userspace sets it where they are counted */
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

/* Atomic, as an interrupt may come between. */
static __always_inline void count_hit(__u64 cookie)
{
	__u32 leaf = NT_COOKIE_LEAF(cookie);
	__u64 *count = bpf_map_lookup_elem(&hits, &leaf);

	if (count)
		__sync_fetch_and_add(count, 1);
}

/* Returns the call's number; 0: nothing is to be told of its return. */
static __always_inline __u64 emit(void *ctx, __u64 skb, const struct layers *layers,
				  const struct nt_flow *flow, __u16 flags, __u64 tracked,
				  __u64 cookie, enum call_way way)
{
	struct nt_record *record;
	__u64 call = 0;

	if (config.stacks && cookie & NT_COOKIE_STACK) {
		struct record_with_stack *both = reserve(sizeof(*both), NT_HIT);

		if (!both)
			return 0;
		put_stack(ctx, way, &both->stack);
		record = &both->record;
		flags |= NT_HAS_STACK;
	} else {
		record = reserve(sizeof(*record), NT_HIT);
		if (!record)
			return 0;
	}
	if (config.returns && way != NO_CALL) {
		call = open_call(ctx, cookie, &record->head, way);
		VERIFIER_FORGET(call, opaque_zero);
		if (cookie & NT_COOKIE_AT_RETURN)
			flags |= NT_AT_RETURN;
	}
	record->skb = skb;
	record->tracking_id = tracked;
	record->call = call;
	record->leaf = NT_COOKIE_LEAF(cookie);
	put_columns(ctx, way, layers->skb, record);
	put_packet(layers, flow, flags, record);
	submit(record);
	return call;
}

static __always_inline void emit_return(__u64 call, __u64 value)
{
	struct nt_return *record;

	if (!call)
		return;
	record = reserve(sizeof(*record), NT_RETURN);
	if (!record)
		return;
	record->call = call;
	record->value = value;
	submit(record);
}

#endif
