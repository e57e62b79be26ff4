/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The steps of a packet that has not taken long yet. Most packets never do: what is known of them
 * is forgotten where it is, and costs the ring and userspace nothing. */
#ifndef NETTRACE_BPF_EARLY_H
#define NETTRACE_BPF_EARLY_H

#include "nettrace/life.h"
#include "ring.h"

struct early {
	__u32 copies;  /* of the packet that live, beside one */
	__u32 is_told; /* it took long, and is told of since */
	__u32 count;   /* of its steps */
	__u32 next;    /* where the next one goes */
	struct nt_step steps[NT_MOST_STEPS];
};

/* By life. Ends that are missed leave something behind, so the oldest goes where room is needed. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
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

static __always_inline struct early *find_early(__u64 life)
{
	struct early *known = bpf_map_lookup_elem(&early, &life), *nothing;
	__u32 only = 0;

	if (known)
		return known;
	nothing = bpf_map_lookup_elem(&nothing_early, &only);
	if (!nothing)
		return NULL;
	bpf_map_update_elem(&early, &life, nothing, BPF_NOEXIST);
	return bpf_map_lookup_elem(&early, &life);
}

/* Its number tells when a life began, but for the highest bits of the time. */
static __always_inline bool took_long(__u64 life, __u64 now_ns)
{
	__u64 begin_ns = life >> NT_LIFE_TIME_SHIFT;

	return (now_ns - begin_ns & ~0ULL >> NT_LIFE_TIME_SHIFT) >= config.least_latency_ns;
}

static __always_inline void tell_early(__u64 life, struct early *known)
{
	struct nt_steps *record;

	known->is_told = 1;
	if (!known->count)
		return;
	if (known->count > NT_MOST_STEPS)
		ADD(steps_full, known->count - NT_MOST_STEPS);
	record = reserve(sizeof(*record), NT_STEPS);
	if (!record)
		return;
	record->life = life;
	record->count = known->count;
	record->next = known->next;
	if (bpf_probe_read_kernel(record->steps, sizeof(record->steps), known->steps))
		record->count = 0;
	submit(record);
}

static __always_inline void keep_early(struct early *known, __u64 now_ns, __u64 skb, __u64 other,
				       enum nt_record_kind kind, __u32 leaf)
{
	__u32 slot = known->next;
	struct nt_step *step;

	if (slot >= NT_MOST_STEPS)
		slot = 1; /* the first one stays: it tells how long all took */
	step = &known->steps[slot];
	step->time_ns = now_ns;
	step->skb = skb;
	step->other = other;
	step->leaf = leaf;
	step->kind = kind;
	step->cpu = bpf_get_smp_processor_id();
	known->next = slot + 1;
	known->count++;
}

/* Whether the packet is one to be told of; else this step is kept until it is one. Only a hit shows
 * that it takes long. */
static __noinline __u64 is_late(__u64 life, __u64 skb, __u64 other, __u64 kind, __u64 leaf)
{
	struct early *known = find_early(life);
	__u64 now_ns = bpf_ktime_get_ns(), is_told;

	if (!known)
		return kind == NT_HIT && took_long(life, now_ns);
	if (!known->is_told && kind == NT_HIT && took_long(life, now_ns))
		tell_early(life, known);
	is_told = known->is_told;
	if (!is_told)
		keep_early(known, now_ns, skb, other, kind, leaf);
	if (kind == NT_JOIN)
		known->copies++;
	else if (kind != NT_HIT && !known->copies--)
		bpf_map_delete_elem(&early, &life);
	return is_told;
}

#endif
