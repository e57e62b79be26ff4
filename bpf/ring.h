/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The way of a record to userspace. */
#ifndef NETTRACE_BPF_RING_H
#define NETTRACE_BPF_RING_H

#include "kernel.h"
#include "nettrace/config.h"
#include "nettrace/record.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 << 20); /* bytes */
} ring SEC(".maps");

/* In memory that userspace maps: read without a system call. */
struct nt_stats stats = {};

/* `size` is a constant. NULL: no room, which is counted. */
static __always_inline void *reserve(__u64 size, enum nt_record_kind kind)
{
	struct nt_head *head = bpf_ringbuf_reserve(&ring, size, 0);

	if (!head) {
		__sync_fetch_and_add(&stats.ring_full, 1);
		return NULL;
	}
	head->time_ns = bpf_ktime_get_ns();
	head->kind = kind;
	head->cpu = bpf_get_smp_processor_id();
	return head;
}

#endif
