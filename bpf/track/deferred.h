/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* --min-latency holds a packet's steps back in a map until the packet has taken that long. Most
 * packets never do: their steps are dropped there and cost the ring and userspace nothing. */
#ifndef NETTRACE_BPF_TRACK_DEFERRED_H
#define NETTRACE_BPF_TRACK_DEFERRED_H

#include "nettrace/tracking.h"
#include "ring.h"

struct deferred_packet {
	__u32 copies;	    /* of the packet that live, beside one */
	__u32 is_sent;	    /* 1: it took long; its steps go to the ring since then */
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
	__type(value, struct deferred_packet);
} deferred_packets SEC(".maps");

/* The first value of an entry, which is too large for the stack. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct deferred_packet);
} new_deferred_packet SEC(".maps");

/* Finds or makes the entry. NULL: the map is full, which is counted. */
static __always_inline struct deferred_packet *begin_deferring(__u64 tracking_id)
{
	struct deferred_packet *packet = bpf_map_lookup_elem(&deferred_packets, &tracking_id), *new;
	__u32 only = 0;

	if (packet)
		return packet;
	new = bpf_map_lookup_elem(&new_deferred_packet, &only);
	if (new)
		bpf_map_update_elem(&deferred_packets, &tracking_id, new, BPF_NOEXIST);
	packet = bpf_map_lookup_elem(&deferred_packets, &tracking_id);
	if (!packet)
		COUNT(tracked_full);
	return packet;
}

/* Whether the first match is at least so long ago. The clocks of two CPUs may differ by a little:
 * an age of hours is none at all. */
static __always_inline bool is_older(__u64 tracking_id, __u64 min_age_ns, __u64 now_ns)
{
	__u64 age_ns = NT_TRACKING_AGE_NS(tracking_id, now_ns);

	return age_ns >= min_age_ns && age_ns < NT_MAX_LATENCY_NS;
}

static __always_inline void send_deferred(__u64 tracking_id, struct deferred_packet *packet)
{
	__u32 count = packet->count, next = packet->next;
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
	record->first_end_ns = packet->first_end_ns;
	if (bpf_probe_read_kernel(record->steps, sizeof(record->steps), packet->steps))
		record->count = 0;
	submit(record);
}

static __always_inline void defer_step(struct deferred_packet *packet, __u64 now_ns, __u64 skb,
				       __u64 other, enum nt_record_kind kind, __u32 leaf)
{
	__u32 slot = packet->next;
	struct nt_deferred_step *step;

	if (slot >= NT_MAX_DEFERRED)
		slot = 1; /* the first one stays: it tells how long all took */
	if ((kind == NT_END || kind == NT_MERGED) && packet->steps[0].skb == skb)
		packet->first_end_ns = now_ns;
	step = &packet->steps[slot];
	step->time_ns = now_ns;
	step->skb = skb;
	step->other = other;
	step->leaf = leaf;
	step->kind = kind;
	step->cpu = bpf_get_smp_processor_id();
	packet->next = slot + 1;
	__sync_fetch_and_add(&packet->count, 1);
}

/* A copy more, or one less; the entry goes with the last one. */
static __always_inline void count_copies(__u64 tracking_id, struct deferred_packet *packet,
					 enum nt_record_kind kind)
{
	if (kind == NT_JOIN)
		__sync_fetch_and_add(&packet->copies, 1);
	else if (packet->copies)
		__sync_fetch_and_add(&packet->copies, -1);
	else
		bpf_map_delete_elem(&deferred_packets, &tracking_id);
}

/* Whether this step goes to the ring: the packet has taken long enough. Otherwise defers the step.
 * Only a hit shows that a packet takes long. A global function: the verifier walks it once, and not
 * for each of its callers. */
__noinline __u64 is_late(__u64 tracking_id, __u64 skb, __u64 other, __u64 kind, __u64 leaf)
{
	__u64 now_ns = bpf_ktime_get_ns(), is_sent;
	struct deferred_packet *packet =
		kind == NT_HIT ? begin_deferring(tracking_id)
			       : bpf_map_lookup_elem(&deferred_packets, &tracking_id);

	if (!packet)
		return is_older(tracking_id, config.min_latency_ns, now_ns);
	is_sent = packet->is_sent;
	if (!is_sent && kind == NT_HIT && is_older(tracking_id, config.min_latency_ns, now_ns)) {
		send_deferred(tracking_id, packet);
		packet->is_sent = is_sent = 1; /* the steps that other CPUs send come behind it */
	}
	if (!is_sent && (kind == NT_HIT || config.tracking_records))
		defer_step(packet, now_ns, skb, other, kind, leaf);
	if (kind != NT_HIT)
		count_copies(tracking_id, packet, kind);
	return is_sent;
}

#endif
