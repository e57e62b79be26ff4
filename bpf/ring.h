/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The way of a record to userspace. */
#ifndef NETTRACE_BPF_RING_H
#define NETTRACE_BPF_RING_H

#include "constants.h"
#include "kernel.h"
#include "nettrace/record.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 12); /* bytes; userspace sets it */
} ring SEC(".maps");

/* In memory that userspace maps: read and written without a system call. */
struct nt_stats stats[NT_STATS_SLOTS] = {};
volatile __u64 is_tracing = 0; /* 1: all probes are attached, and none is on its way out yet */
volatile __u64 is_settling =
	0;		/* 1: what matches first now was under way before, and is never shown */
__u32 reader_waits = 0; /* for the next record; else it looks by itself soon, or when woken */

#define ADD(loss, count)                                                                           \
	__sync_fetch_and_add(&stats[bpf_get_smp_processor_id() & (NT_STATS_SLOTS - 1)].loss, count)
#define COUNT(loss) ADD(loss, 1)

/* `size` and `kind` are constants. NULL: no room, which is counted. */
static __always_inline void *reserve(__u64 size, enum nt_record_kind kind)
{
	struct nt_head *head = bpf_ringbuf_reserve(&ring, size, 0);

	if (!head) {
		if (kind == NT_HIT)
			COUNT(ring_full);
		else
			COUNT(rest_full);
		return NULL;
	}
	head->time_ns = bpf_ktime_get_ns();
	head->kind = kind;
	head->cpu = bpf_get_smp_processor_id();
	return head;
}

#define RECORDS_A_LOOK 32

/* Waking the reader costs more than the record. It is woken when it sleeps, and again where the
 * ring is half full all the same, which is looked at now and then. */
static __always_inline void submit(void *record)
{
	struct nt_head *head = record;
	struct nt_stats *own = &stats[head->cpu & (NT_STATS_SLOTS - 1)];
	bool wake = reader_waits;

	if (wake)
		reader_waits = 0;
	else if (!(++own->records % RECORDS_A_LOOK))
		wake = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) >= config.ring_half;
	bpf_ringbuf_submit(record, wake ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP);
}

#endif
