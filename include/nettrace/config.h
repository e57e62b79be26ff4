/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What userspace tells the kernel side: constants for the verifier, set before the load. */
#ifndef NETTRACE_CONFIG_H
#define NETTRACE_CONFIG_H

#include <linux/types.h>

/* An address prefix. `addr` is masked already: a packet's address matches if
 * (address & mask) == addr in every word. IPv4 uses the first word. */
struct nt_prefix {
	__be32 addr[4];	 /* network order */
	__be32 mask[4];	 /* network order */
	__u32 ethertype; /* ETH_P_IP or ETH_P_IPV6, host order; 0: this filter is not set */
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
	__u8 pad;
};

/* Addresses of the kernel's variables that tell where a page is mapped (x86_64 with randomized
 * memory, arch/x86/kernel/head64.c); 0: unknown, and fragments of packets cannot be read. */
struct nt_memory {
	__u64 vmemmap_base;
	__u64 page_offset_base;
};

/* The 64 bits that every attached program knows its leaf by (BPF cookie or patched constant). */
#define NT_COOKIE_LEAF(cookie) ((__u32)(cookie))
/* Raw tracepoints only: position of the skb among the arguments, from 0. */
#define NT_COOKIE_SKB(cookie) ((__u32)((cookie) >> 32) & 0xf)
/* Position of the struct sock among the arguments, from 1; 0: there is none. */
#define NT_COOKIE_SOCK(cookie) ((__u32)((cookie) >> 36) & 0xf)
#define NT_COOKIE_PLACEHOLDER 0x6e74636f6f6b6965 /* stands for the cookie in an unpatched image */
#define NT_COOKIE(leaf, skb, sock) ((__u64)(leaf) | (__u64)(skb) << 32 | (__u64)(sock) << 36)

/* Counted by the kernel side from the start of the trace. */
struct nt_stats {
	__u64 ring_full; /* events that matched and were lost: no room in the ring */
};

#ifdef __cplusplus
static_assert(sizeof(nt_prefix) == 36 && sizeof(nt_config) == 124, "no hidden padding");
#else
_Static_assert(sizeof(struct nt_prefix) == 36 && sizeof(struct nt_config) == 124,
	       "no hidden padding");
#endif

#endif
