/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The record that the kernel side sends through the ring buffer, and nothing else.
 * Included by the BPF object and by userspace; both check its size. */
#ifndef NETTRACE_RECORD_H
#define NETTRACE_RECORD_H

#include <linux/types.h>

#define NT_NAME_BYTES 16    /* IFNAMSIZ and TASK_COMM_LEN */
#define NT_HEADER_BYTES 128 /* most header bytes that a record carries */
#define NT_NO_OFFSET 0xffff /* this layer is not in `header` */

enum nt_record_flag {
	NT_HAS_FLOW = 1 << 0,	   /* `flow` is filled: the packet has no network header yet */
	NT_HAS_TCP_STATE = 1 << 1, /* flow.tcp_* are filled: no TCP header yet either */
	NT_HAS_VLAN_TAG = 1 << 2,  /* vlan_tci was taken out of the packet into the skb */
};

/* What the socket of an outgoing packet says while its headers do not exist yet. */
struct nt_flow {
	__u8 saddr[16]; /* network order; IPv4 in the first 4 bytes */
	__u8 daddr[16]; /* network order; IPv4 in the first 4 bytes */
	__be16 sport;	/* network order */
	__be16 dport;	/* network order */
	__u32 tcp_seq;	/* host order */
	__u32 tcp_ack;	/* host order */
	__u8 tcp_flags; /* as in byte 13 of a TCP header */
	__u8 l4_proto;	/* IPPROTO_* */
	__u8 pad[2];
};

struct nt_record {
	__u64 time_ns; /* CLOCK_MONOTONIC, ns */
	__u64 skb;     /* address of the sk_buff */
	__u32 leaf;    /* index of the leaf in the attach plan */
	__u32 pid;     /* process that the CPU was running (in softirq: was interrupted) */
	__u32 cpu;
	__u32 ifindex;		    /* skb->dev's; 0 without a device */
	char ifname[NT_NAME_BYTES]; /* NUL-terminated; empty without a device */
	char comm[NT_NAME_BYTES];   /* of pid's current thread, NUL-terminated */
	__u32 len;		    /* skb->len, bytes */
	__u16 ethertype;     /* of the L3 header, below any VLAN tag, host order; 0: unknown */
	__u16 flags;	     /* enum nt_record_flag */
	__u16 vlan_tci;	     /* host order */
	__u16 header_len;    /* valid bytes in `header`, all from the skb's linear part or its first
				fragment */
	__u16 l3_offset;     /* of the network header in `header`, or NT_NO_OFFSET */
	__u16 l4_offset;     /* with NT_HAS_FLOW: of the transport header, or NT_NO_OFFSET */
	struct nt_flow flow; /* with NT_HAS_FLOW */
	__u8 header[NT_HEADER_BYTES]; /* from the MAC header where there is one, else from L3 */
};

#ifdef __cplusplus
static_assert(sizeof(nt_flow) == 48 && sizeof(nt_record) == 256, "a record has no hidden padding");
#else
_Static_assert(sizeof(struct nt_flow) == 48 && sizeof(struct nt_record) == 256,
	       "a record has no hidden padding");
#endif

#endif
