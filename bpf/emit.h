/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Reserves a hit's record, fills its sections and submits it. */
#ifndef NETTRACE_BPF_EMIT_H
#define NETTRACE_BPF_EMIT_H

#include "ring.h"
#include "section/args.h"
#include "section/caller.h"
#include "section/device.h"
#include "section/mark.h"
#include "section/netns.h"
#include "section/packet.h"
#include "section/stack.h"
#include "section/task.h"
#include "track/calls.h"

/* A number for the call, and the way for its return to find it; 0: there is none. Calls of the same
 * nanosecond differ in their leaf or CPU. */
static __always_inline __u64 open_call(void *ctx, __u64 cookie, const struct nt_head *head,
				       enum return_match way)
{
	__u32 leaf = NT_COOKIE_LEAF(cookie);
	__u64 call = (head->time_ns << 21 ^ (__u64)leaf << 9 ^ head->cpu << 1) | 1;

	if (!(cookie & NT_COOKIE_RETURNS))
		return 0;
	if (way == RETURN_BY_SESSION) {
		__u64 *of_return = session_cookie(ctx);

		*of_return = call;
		return call;
	}
	if (save_call(ctx, leaf, call))
		return call;
	COUNT(calls_full);
	return 0;
}

/* Every section that the trace asks for, but the stack. */
static __always_inline void fill_sections(const struct hit *hit, void *record)
{
#define FILL(ID, name)                                                                             \
	if (NT_SECTION_##ID != NT_SECTION_STACK && config.section_at[NT_SECTION_##ID])             \
		fill_##name(hit, record + config.section_at[NT_SECTION_##ID]);
	NT_SECTIONS(FILL)
#undef FILL
}

/* With room for a stack behind the other sections, where the leaf asks for one. */
static __always_inline struct nt_hit *reserve_hit(const struct hit *hit)
{
	struct nt_hit *record;

	if (!config.stacks || !(hit->cookie & NT_COOKIE_STACK)) {
		record = reserve(config.hit_bytes, NT_HIT);
		if (record)
			record->sections = config.sections;
		return record;
	}
	record = reserve(config.hit_bytes + sizeof(struct nt_stack), NT_HIT);
	if (!record)
		return NULL;
	record->sections = config.sections | NT_SECTION_BIT(NT_SECTION_STACK);
	fill_stack(hit, (void *)record + config.hit_bytes);
	return record;
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

/* Returns the call's number; 0: no return is reported. */
static __always_inline __u64 emit(const struct hit *hit, __u64 subject, __u64 tracking_id)
{
	struct nt_hit *record = reserve_hit(hit);
	__u64 cookie = hit->cookie, call = 0;
	__u8 flags = 0;

	if (!record)
		return 0;
	if (config.returns && hit->way != NO_RETURN) {
		call = open_call(hit->ctx, cookie, &record->head, hit->way);
		VERIFIER_FORGET(call, opaque_zero);
		if (cookie & NT_COOKIE_AT_RETURN)
			flags = NT_AT_RETURN;
	}
	record->subject = subject;
	record->tracking_id = tracking_id;
	record->call = call;
	record->leaf = NT_COOKIE_LEAF(cookie);
	record->subject_kind = NT_COOKIE_SUBJECT(cookie);
	record->flags = flags;
	fill_sections(hit, record);
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
