/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel side keeps of an skb of a tracked packet; the value of the map `tracked_skbs`. */
#ifndef NETTRACE_TRACKING_H
#define NETTRACE_TRACKING_H

#include "nettrace/record.h"

/* A tracking id is the time of the first match, ns, above this many bits that tell apart those of
 * one nanosecond; the time's highest bits are lost. */
#define NT_TRACKING_TIME_SHIFT 20
/* Since the first match, ns; modulo 2^44. */
#define NT_TRACKING_AGE_NS(id, now_ns)                                                             \
	(((__u64)(now_ns) - ((id) >> NT_TRACKING_TIME_SHIFT)) & ~0ULL >> NT_TRACKING_TIME_SHIFT)

struct nt_tracked_skb {
	__u64 id;	     /* tracking id; not 0 */
	__u64 merged_into;   /* the skb that took, or may take, its data */
	__u64 state;	     /* enum tracked_state of bpf/track/tracking.h */
	__u32 ethertype;     /* with flow_flags: as nt_packet.ethertype */
	__u32 flow_flags;    /* NT_HAS_*: `flow` is filled, */
	struct nt_flow flow; /* for where nothing else tells what the packet is */
};

#ifdef __cplusplus
static_assert(sizeof(nt_tracked_skb) == 80, "no hidden padding");
#else
_Static_assert(sizeof(struct nt_tracked_skb) == 80, "no hidden padding");
#endif

#endif
