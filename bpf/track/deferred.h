/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The steps of a packet that has not taken long yet. Most packets never do: what is known of them
 * is forgotten where it is, and costs the ring and userspace nothing. */
#ifndef NETTRACE_BPF_TRACK_DEFERRED_H
#define NETTRACE_BPF_TRACK_DEFERRED_H

#include "nettrace/tracking.h"
#include "ring.h"

struct early {
	__u32 copies;	    /* of the packet that live, beside one */
	__u32 is_told;	    /* it took long, and is told of since */
	__u32 count;	    /* of its steps */
	__u32 next;	    /* where the next one goes */
	__u64 first_end_ns; /* when the skb of the first step was freed; 0: it was not */
	struct nt_deferred_step steps[NT_MAX_DEFERRED];
};

/* By tracking id. Not an LRU map: LRU evicts the least recently used entries first, which are the
 * slow packets that we want. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* userspace sets it where it is needed */
	__type(key, __u64);
	__type(value, struct early);
} early SEC(".maps");

/* What an entry begins as: too large for the stack. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct early);
} nothing_early SEC(".maps");

/* Also where there is none yet. NULL: too many are kept, which is counted. */
static __always_inline struct early *begin_early(__u64 tracking_id)
{
	struct early *known = bpf_map_lookup_elem(&early, &tracking_id), *nothing;
	__u32 only = 0;

	if (known)
		return known;
	nothing = bpf_map_lookup_elem(&nothing_early, &only);
	if (nothing)
		bpf_map_update_elem(&early, &tracking_id, nothing, BPF_NOEXIST);
	known = bpf_map_lookup_elem(&early, &tracking_id);
	if (!known)
		COUNT(tracked_full);
	return known;
}

/* A tracking id holds the time of the first match, but for its highest bits. The clocks of two CPUs
 * may differ by a little: an age of hours is none at all. */
static __always_inline bool took_long(__u64 tracking_id, __u64 now_ns)
{
	__u64 age_ns =
		now_ns - (tracking_id >> NT_TRACKING_TIME_SHIFT) & ~0ULL >> NT_TRACKING_TIME_SHIFT;

	return age_ns >= config.min_latency_ns && age_ns < NT_MAX_LATENCY_NS;
}

static __always_inline void tell_early(__u64 tracking_id, struct early *known)
{
	__u32 count = known->count, next = known->next;
	struct nt_deferred *record;

	if (!count)
		return;
	if (count > NT_MAX_DEFERRED) {
		ADD(steps_full, count - NT_MAX_DEFERRED);
	} else if (next < count) { /* two CPUs took the same place */
		ADD(steps_full, count - next);
		count = next;
	}
	record = reserve(sizeof(*record), NT_DEFERRED);
	if (!record)
		return;
	record->tracking_id = tracking_id;
	record->count = count;
	record->next = next;
	record->first_end_ns = known->first_end_ns;
	if (bpf_probe_read_kernel(record->steps, sizeof(record->steps), known->steps))
		record->count = 0;
	submit(record);
}

static __always_inline void keep_early(struct early *known, __u64 now_ns, __u64 skb, __u64 other,
				       enum nt_record_kind kind, __u32 leaf)
{
	__u32 slot = known->next;
	struct nt_deferred_step *step;

	if (slot >= NT_MAX_DEFERRED)
		slot = 1; /* the first one stays: it tells how long all took */
	if ((kind == NT_END || kind == NT_MERGED) && known->steps[0].skb == skb)
		known->first_end_ns = now_ns;
	step = &known->steps[slot];
	step->time_ns = now_ns;
	step->skb = skb;
	step->other = other;
	step->leaf = leaf;
	step->kind = kind;
	step->cpu = bpf_get_smp_processor_id();
	known->next = slot + 1;
	__sync_fetch_and_add(&known->count, 1);
}

/* A copy more, or one less; with the last one, nothing is left to be known. */
static __always_inline void count_copies(__u64 tracking_id, struct early *known,
					 enum nt_record_kind kind)
{
	if (kind == NT_JOIN)
		__sync_fetch_and_add(&known->copies, 1);
	else if (known->copies)
		__sync_fetch_and_add(&known->copies, -1);
	else
		bpf_map_delete_elem(&early, &tracking_id);
}

/* Whether the packet is one to be told of; else this step is kept until it is one. Only a hit shows
 * that it takes long. A global function: the verifier walks it once, and not for each of its
 * callers. */
__noinline __u64 is_late(__u64 tracking_id, __u64 skb, __u64 other, __u64 kind, __u64 leaf)
{
	__u64 now_ns = bpf_ktime_get_ns(), is_told;
	struct early *known = kind == NT_HIT ? begin_early(tracking_id)
					     : bpf_map_lookup_elem(&early, &tracking_id);

	if (!known)
		return took_long(tracking_id, now_ns);
	is_told = known->is_told;
	if (!is_told && kind == NT_HIT && took_long(tracking_id, now_ns)) {
		tell_early(tracking_id, known);
		known->is_told = is_told = 1; /* what others tell comes behind it */
	}
	if (!is_told && (kind == NT_HIT || config.tracking_records))
		keep_early(known, now_ns, skb, other, kind, leaf);
	if (kind != NT_HIT)
		count_copies(tracking_id, known, kind);
	return is_told;
}

#endif
