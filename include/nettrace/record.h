/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The records that the kernel side sends through the ring buffer, and nothing else.
 * Included by the BPF object and by userspace; both check their sizes. */
#ifndef NETTRACE_RECORD_H
#define NETTRACE_RECORD_H

#include <linux/types.h>

#include "nettrace/sections.h"

/* Every record begins with this. */
struct nt_head {
	__u64 time_ns; /* CLOCK_MONOTONIC, ns */
	__u32 kind;    /* enum nt_record_kind */
	__u32 cpu;
};

enum nt_record_kind {
	NT_HIT = 1,	 /* struct nt_hit and its sections: a packet passed a leaf */
	NT_RETURN = 2,	 /* struct nt_return: a function that was hit has returned */
	NT_JOIN = 3,	 /* struct nt_tracking: a copy was made of a tracked packet */
	NT_END = 4,	 /* struct nt_tracking: an skb of a tracked packet was freed */
	NT_MERGED = 5,	 /* struct nt_tracking: another skb took its data; it is a packet no more */
	NT_DEFERRED = 6, /* struct nt_deferred: of a packet whose next NT_HIT is its first; never in
			 a recording, which has the records that it stands for */
};

/* The kind of object whose address nt_hit.subject holds. */
enum nt_subject_kind {
	NT_SUBJECT_SKB = 0, /* struct sk_buff */
};

enum nt_hit_flag {
	NT_AT_RETURN = 1 << 0, /* to be shown when the function returns, not now */
};

/* The head of a hit. The sections that `sections` names follow it, in their order. */
struct nt_hit {
	struct nt_head head;
	__u64 subject;	   /* address of the sk_buff */
	__u64 tracking_id; /* of the packet, where packets are tracked; 0: this one is not */
	__u64 call;	   /* of this call, which an nt_return will name; 0: there will be none */
	__u32 leaf;	   /* index of the leaf in the attach plan */
	__u16 sections;	   /* bits: NT_SECTION_BIT(enum nt_section) */
	__u8 subject_kind; /* enum nt_subject_kind */
	__u8 flags;	   /* enum nt_hit_flag */
};

struct nt_return {
	struct nt_head head;
	__u64 call;  /* nt_hit.call of the hit */
	__u64 value; /* the register; a narrower type has garbage above it */
};

struct nt_tracking {
	struct nt_head head;
	__u64 tracking_id;
	__u64 skb;   /* the copy that joined, or the skb that ended */
	__u64 other; /* NT_JOIN: what it is a copy of; NT_MERGED: the skb that took it */
};

#define NT_MAX_DEFERRED 64 /* of a packet, that are kept until it has taken long enough */

/* With nt_config.min_latency_ns: a record that was not sent when it was due. */
struct nt_deferred_step {
	__u64 time_ns; /* CLOCK_MONOTONIC, ns */
	__u64 skb;     /* nt_hit.subject or nt_tracking.skb */
	__u64 other;   /* nt_tracking.other */
	__u32 leaf;    /* nt_hit.leaf */
	__u16 kind;    /* enum nt_record_kind: NT_HIT, NT_JOIN, NT_END or NT_MERGED */
	__u16 cpu;
};

struct nt_deferred {
	struct nt_head head;
	__u64 tracking_id;
	__u32 count;	    /* of the packet; the first one is in `steps`, and the last ones, … */
	__u32 next;	    /* … of which, beyond NT_MAX_DEFERRED, the oldest is here */
	__u64 first_end_ns; /* the skb of the first step has gone since; 0: it has not */
	struct nt_deferred_step steps[NT_MAX_DEFERRED];
};

#ifdef __cplusplus
static_assert(sizeof(nt_deferred_step) == 32 && sizeof(nt_deferred) == 2088, "no hidden padding");
#else
_Static_assert(sizeof(struct nt_deferred_step) == 32 && sizeof(struct nt_deferred) == 2088,
	       "no hidden padding");
#endif

#ifdef __cplusplus
static_assert(sizeof(nt_head) == 16 && sizeof(nt_hit) == 48 && sizeof(nt_return) == 32 &&
		      sizeof(nt_tracking) == 40,
	      "no hidden padding");
#else
_Static_assert(sizeof(struct nt_head) == 16 && sizeof(struct nt_hit) == 48 &&
		       sizeof(struct nt_return) == 32 && sizeof(struct nt_tracking) == 40,
	       "no hidden padding");
#endif

#endif
