/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What userspace tells the kernel side: constants for the verifier, set before the load. */
#ifndef NETTRACE_CONFIG_H
#define NETTRACE_CONFIG_H

#include <linux/types.h>

#include "nettrace/sections.h"

/* An address prefix. `addr` is masked already: a packet's address matches if
 * (address & mask) == addr in every word. IPv4 uses the first word. */
struct nt_prefix {
	__be32 addr[4];	 /* network order */
	__be32 mask[4];	 /* network order */
	__u32 ethertype; /* ETH_P_IP or ETH_P_IPV6, host order; 0: this filter is not set */
};

/* The name of a device as two words: it matches if (word & mask) == name in both. The kernel leaves
 * the rest of an older name behind the end of a newer one, so that the end is compared, too. */
struct nt_device_name {
	__u64 name[2]; /* NT_NAME_BYTES as they are in memory */
	__u64 mask[2]; /* 0: this filter is not set */
};

/* Which cheap checks run before the headers are read. */
enum nt_precheck {
	NT_PRECHECK_NONE = 0,
	NT_PRECHECK_TRACKED =
		1, /* with track_skbs: what matched once is shown whatever becomes of it */
	NT_PRECHECK_METADATA =
		2, /* some filter of what the kernel keeps beside the packet is set */
	NT_PRECHECK_BOTH = 3,
};

/* All filters that are set must match. */
struct nt_config {
	struct nt_prefix saddr; /* source; ARP: sender */
	struct nt_prefix daddr; /* destination; ARP: target */
	struct nt_prefix addr;	/* either of the two */
	__u16 ethertype;	/* L3 protocol, host order; 0: any */
	__u8 has_l4_proto;	/* 1: l4_proto must match (0 is a protocol too) */
	__u8 l4_proto;		/* IPPROTO_* */
	__u8 tcp_or_udp;	/* 1: L4 must be TCP or UDP (a port without a protocol) */
	__u8 tcp_flags;		/* all of these bits of TCP's byte 13 must be set; 0: any */
	__be16 sport;		/* network order */
	__be16 dport;		/* network order */
	__be16 port;		/* network order; source or destination */
	__u8 has_sport;		/* 1: sport must match (port 0 is a port too) */
	__u8 has_dport;
	__u8 has_port;
	__u8 track_skbs; /* 1: skbs that matched are tracked: nt_hit.tracking_id, and their ends */
	__u8 precheck;	 /* enum nt_precheck */
	__u8 tracking_records; /* with track_skbs: send struct nt_tracking records */
	__u8 returns;	       /* 1: some cookies have NT_COOKIE_RETURNS */
	__u8 stacks;	       /* 1: some cookies have NT_COOKIE_STACK */
	__u16 sections;	       /* of hits, without the stack: NT_SECTION_BIT(enum nt_section) */
	__u16 hit_bytes;       /* a hit with these sections; one with a stack has that behind */
	__u32 ring_half;       /* bytes: so full, the ring's reader is woken */
	struct nt_device_name device; /* skb->dev's */
	__u32 netns;		      /* inode number; 0: any */
	__u32 mark;		      /* (skb->mark & mark_mask) == mark */
	__u32 mark_mask;	      /* 0: any mark */
	__u32 min_len;		      /* of skb->len, bytes */
	__u32 max_len;
	__u32 pid;	 /* of the process that the CPU is running */
	__u8 has_pid;	 /* 1: it must (0 is the idle one) */
	__u8 has_len;	 /* 1: skb->len must be within its bounds */
	__u8 expression; /* enum nt_expression: it must match, too */
	__u8 count_only; /* 1: hits are counted, and no record is sent */
	__u8 inner;	 /* 1: of a tunnel, the packet inside must match */
	__u8 any_packet; /* 1: none of the filters asks for anything in a packet's headers */
	__u8 pad[2];
	__u64 min_latency_ns; /* with track_skbs: packets that took no longer are not sent; 0: all
			       * are
			       */
	__u16 section_at[NT_MAX_SECTIONS]; /* offset of a section in a hit; 0: it is not there */
};

#define NT_MAX_LATENCY_NS (1ULL << 43) /* 2.4 hours: half of what a tracking id tells apart */

/* The arguments of a leaf's function that are recorded; the value of the map `leaf_args`. */
struct nt_leaf_args {
	__u8 position[NT_MAX_ARGS]; /* among the arguments, from 1; 0: there are no more */
};

/* Addresses of the kernel's variables that tell where a page is mapped (x86_64 with randomized
 * memory, arch/x86/kernel/head64.c); 0: unknown, and fragments of packets cannot be read. */
struct nt_memory {
	__u64 vmemmap_base;
	__u64 page_offset_base;
};

/* The 32 bits that every attached program knows its leaf by (BPF cookie or patched constant). */
#define NT_COOKIE_LEAF_BITS 14
#define NT_COOKIE_LEAF(cookie) ((__u32)(cookie) & ((1U << NT_COOKIE_LEAF_BITS) - 1))
/* enum nt_subject_kind of nettrace/record.h. */
#define NT_COOKIE_SUBJECT(cookie) ((__u32)(cookie) >> 14 & 3)
#define NT_COOKIE_IS_ABOUT(subject) ((__u64)(subject) << 14)
/* Position of the struct sock among the arguments, from 1; 0: there is none. */
#define NT_COOKIE_SOCK(cookie) ((__u32)(cookie) >> 16 & 0xf)
/* With NT_VARIANT_ANY: position of the skb among the arguments, from 0. */
#define NT_COOKIE_SKB(cookie) ((__u32)(cookie) >> 20 & 0xf)
#define NT_COOKIE_RETURNS (1ULL << 24)	 /* tell when the function returns, and what */
#define NT_COOKIE_AT_RETURN (1ULL << 25) /* with NT_COOKIE_RETURNS: sets NT_AT_RETURN */
#define NT_COOKIE_STACK (1ULL << 26)	 /* adds the section `stack` */
#define NT_COOKIE_POINTER (1ULL << 27)	 /* with NT_VARIANT_ANY: as NT_VARIANT_POINTER */
#define NT_COOKIE_END (1ULL << 28)	 /* with NT_VARIANT_ANY: as NT_VARIANT_END */
/* Position of a struct flowi4 or flowi6 among the arguments, from 1; 0: there is none. */
#define NT_COOKIE_FLOW(cookie) ((__u32)(cookie) >> 29 & 7)
#define NT_COOKIE_FLOW_AT(position) ((__u64)(position) << 29)
#define NT_COOKIE_PLACEHOLDER 0x6e74636f6f6b6965 /* stands for the cookie in an unpatched image */
#define NT_COOKIE(leaf, sock, skb) ((__u64)(leaf) | (__u64)(sock) << 16 | (__u64)(skb) << 20)

/* Flags that specialise a program's image before the load. */
#define NT_VARIANT_SKB(variant) ((__u32)(variant)&0xf) /* position among the arguments, from 0 */
#define NT_VARIANT_ANY                                                                             \
	0xeULL /* in its place: the cookie tells where the skb is, and what it is                  \
		*/
#define NT_VARIANT_POINTER (1ULL << 4) /* that argument is a pointer to the pointer to the skb */
#define NT_VARIANT_SESSION (1ULL << 5) /* a kprobe session: hit again when the function returns */
#define NT_VARIANT_END (1ULL << 6) /* the skb ends here: after it was shown, its tracking ends */
#define NT_VARIANT_TRACING                                                                         \
	(1ULL << 7)		      /* fentry and fexit: called with arguments, not registers    \
				       */
#define NT_VARIANT_TYPED (1ULL << 8)  /* the verifier knows what the arguments point to */
#define NT_VARIANT_COOKIE (1ULL << 9) /* the cookie is patched in, too: the attachment has none */
/* The kernel searches for the cookies of its attachments; the program caches them. A function is
 * attached to at most one program that has this number, 1 to 3; 0: none. */
#define NT_VARIANT_COOKIE_CACHE(variant) ((__u32)(variant) >> 10 & 3)
#define NT_VARIANT_CACHED_BY(cookie_cache) ((__u64)(cookie_cache) << 10)
/* With NT_VARIANT_TYPED: how many. */
#define NT_VARIANT_ARGUMENTS(variant) ((__u32)(variant) >> 12 & 0xf)
#define NT_VARIANT_WITH_ARGUMENTS(count) ((__u64)(count) << 12)
#define NT_VARIANT_PLACEHOLDER 0x6e7473686170000f

/* Numbers of helpers that do not exist, in the place of kernel functions: calls that userspace
 * patches where NT_VARIANT_SESSION makes them reachable. */
#define NT_CALL_SESSION_IS_RETURN 0x6e740001
#define NT_CALL_SESSION_COOKIE 0x6e740002

/* The work of a tracking hook. Its cookie holds this in place of the leaf. */
enum nt_hook {
	NT_HOOK_COPY = 1,  /* (new, old): new becomes a copy of old */
	NT_HOOK_SPLIT,	   /* (old, new): new gets the second part of old */
	NT_HOOK_END,	   /* (skb): the last reference is gone */
	NT_HOOK_STATELESS, /* (skb): the same, and the tracepoint consume_skb is still to come */
	NT_HOOK_COALESCE,  /* (to, from): `from` may become a part of `to` … */
	NT_HOOK_COALESCED, /* (from): … and did */
	NT_HOOK_GRO, /* (to, from): `from` becomes a part of `to` unless this returns an error */
	NT_HOOK_REASSEMBLE, /* (queue, head): when this returns, head holds the other fragments */
};

/* Counted by the kernel side from the start of the trace, by CPU. */
struct nt_stats {
	__u64 ring_full;    /* hits that were lost: no room in the ring */
	__u64 rest_full;    /* other records that were lost: no room in the ring */
	__u64 tracked_full; /* packets that matched and could not be followed: too many at a time */
	__u64 calls_full;   /* returns that will be missing: too many calls at a time */
	__u64 records;	    /* that were sent, roughly where CPUs share a slot */
	__u64 steps_full; /* deferred steps of packets that took long: no room, or taken by two CPUs
			   */
	__u64 pad[2];	  /* a cache line for each CPU */
};
#define NT_STATS_SLOTS 64 /* CPUs whose numbers are equal modulo this share one */

#ifdef __cplusplus
static_assert(sizeof(nt_prefix) == 36 && sizeof(nt_config) == 240 && sizeof(nt_stats) == 64,
	      "no hidden padding");
#else
_Static_assert(sizeof(struct nt_prefix) == 36 && sizeof(struct nt_config) == 240 &&
		       sizeof(struct nt_stats) == 64,
	       "no hidden padding");
#endif

#endif
