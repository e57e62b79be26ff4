/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A packet as a pcap expression sees it. Userspace translates the expression into a subprogram that
 * is called with the address of a struct nt_view, and that asks packet_bytes() of
 * bpf/match/expression.h for the packet's bytes. */
#ifndef NETTRACE_EXPRESSION_H
#define NETTRACE_EXPRESSION_H

#include <linux/types.h>

struct nt_frame {
	__u64 bytes;	 /* address of the Ethernet header, or of L3 where there is none */
	__u64 size;	 /* bytes that can be read there */
	__u64 skb;	 /* address of the sk_buff whose first fragment follows; 0: nothing does */
	__u64 head;	 /* its skb->head */
	__u64 flow;	 /* address of a struct nt_flow, of which L3 is made, and what of L4 is not
			    at `bytes`; 0: the packet has them */
	__u32 len;	 /* of the packet on the wire, from its Ethernet header, bytes */
	__u32 tag;	 /* protocol << 16 | TCI, host order; with has_tag */
	__u16 ethertype; /* host order; of an Ethernet header that is not there, beside zeros */
	__u8 has_l2;	 /* 1: there is one */
	__u8 has_tag;	 /* 1: the VLAN tag that was taken out into the skb is shown in its place */
	__u8 hides_tag;	 /* 1: the first one of those that stand in the packet is not shown */
	__u8 pad[3];
};

/* What the expression is called with the address of, beside two numbers: the address of L3 where
 * that is IP, plain loads reach it, and the expression sees no VLAN tag (0: it is not so), and how
 * many bytes can be read there. */
struct nt_view {
	__u64 quick_type;      /* with that address: ethertype, host order */
	struct nt_frame frame; /* with it: only `skb` and `head`, of which the rest is found should
				  it be asked for */
};

/* In nt_config.expression. tcpdump mostly finds a packet's first VLAN tag taken out, and asks for
 * it only where the expression does. */
enum nt_expression {
	NT_EXPRESSION_NONE = 0,
	NT_EXPRESSION_WITHOUT_TAG = 1, /* sees packets without their first tag, */
	NT_EXPRESSION_WITH_TAG = 2,    /* or with it, wherever it is */
};

/* Stands in the subprogram that is replaced by the expression. */
#define NT_EXPRESSION_PLACEHOLDER 0x6e74657870726573
/* What packet_bytes() returns where there are none: no value of four bytes. */
#define NT_NO_BYTES (1ULL << 32)

#ifdef __cplusplus
static_assert(sizeof(nt_frame) == 56, "no hidden padding");
#else
_Static_assert(sizeof(struct nt_frame) == 56, "no hidden padding");
#endif

#endif
