/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The records that the kernel side sends through the ring buffer, and nothing else.
 * Included by the BPF object and by userspace; both check their sizes. */
#ifndef NETTRACE_RECORD_H
#define NETTRACE_RECORD_H

#include <linux/types.h>

#define NT_NAME_BYTES 16    /* IFNAMSIZ and TASK_COMM_LEN */
#define NT_HEADER_BYTES 128 /* most header bytes that a record carries */
#define NT_NO_OFFSET 0xffff /* this layer is not in `header` */
#define NT_MAX_FRAMES 64    /* most return addresses that a stack holds */

/* Every record begins with this. */
struct nt_head {
	__u64 time_ns; /* CLOCK_MONOTONIC, ns */
	__u32 kind;    /* enum nt_record_kind */
	__u32 cpu;
};

enum nt_record_kind {
	NT_HIT = 1,	 /* struct nt_record: a packet passed a leaf */
	NT_RETURN = 2,	 /* struct nt_return: a function that was hit has returned */
	NT_JOIN = 3,	 /* struct nt_tracking: a copy was made of a packet that is followed */
	NT_END = 4,	 /* struct nt_tracking: an skb of a packet that is followed was freed */
	NT_MERGED = 5,	 /* struct nt_tracking: another skb took its data; it is a packet no more */
	NT_DEFERRED = 6, /* struct nt_deferred: of a packet whose next NT_HIT is its first; never in
			 a recording, which has the records that it stands for */
};

enum nt_record_flag {
	NT_HAS_FLOW = 1 << 0,	   /* `flow` is filled: the packet has no network header yet */
	NT_HAS_TCP_STATE = 1 << 1, /* flow.tcp_* are filled: no TCP header yet either */
	NT_HAS_VLAN_TAG = 1 << 2,  /* vlan_tci was taken out of the packet into the skb */
	NT_AT_RETURN = 1 << 3,	   /* to be shown when the function returns, not now */
	NT_HAS_STACK = 1 << 4,	   /* a struct nt_stack follows the record */
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
	struct nt_head head;
	__u64 skb;	   /* address of the sk_buff */
	__u64 tracking_id; /* of the packet, where packets are followed; 0: this one is not */
	__u64 call;	   /* of this call, which an nt_return will name; 0: there will be none */
	__u32 leaf;	   /* index of the leaf in the attach plan */
	__u32 pid;	   /* process that the CPU was running (in softirq: was interrupted); with
			      nt_config.task, else 0 */
	__u32 ifindex;	   /* skb->dev's, with nt_config.device; 0: without a device */
	char ifname[NT_NAME_BYTES]; /* NUL-terminated; empty without a device */
	char comm[NT_NAME_BYTES];   /* of pid's current thread, NUL-terminated */
	__u32 len;		    /* skb->len, bytes */
	__u16 ethertype;  /* of the L3 header, below any VLAN tag, host order; 0: unknown */
	__u16 flags;	  /* enum nt_record_flag */
	__u16 vlan_tci;	  /* host order */
	__u16 header_len; /* valid bytes in `header`, all from the skb's linear part or its first
			     fragment */
	__u16 l3_offset;  /* of the network header in `header`, or NT_NO_OFFSET */
	__u16 l4_offset;  /* with NT_HAS_FLOW: of the transport header, or NT_NO_OFFSET */
	__u32 pad;
	struct nt_flow flow;	      /* with NT_HAS_FLOW */
	__u8 header[NT_HEADER_BYTES]; /* from the MAC header where there is one, else from L3 */
	__u64 caller;		      /* a return address, with nt_config.caller; 0: unknown */
	__u32 mark;		      /* skb->mark, with nt_config.mark */
	__u32 netns; /* inode number of the device's network namespace, else the socket's, with
			nt_config.netns; 0: neither is there */
};

struct nt_stack {
	__u32 size; /* valid bytes in `frames` */
	__u32 pad;
	__u64 frames[NT_MAX_FRAMES]; /* return addresses, innermost first */
};

struct nt_return {
	struct nt_head head;
	__u64 call;  /* nt_record.call of the hit */
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
	__u64 skb;     /* nt_record.skb or nt_tracking.skb */
	__u64 other;   /* nt_tracking.other */
	__u32 leaf;    /* nt_record.leaf */
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
static_assert(sizeof(nt_head) == 16 && sizeof(nt_flow) == 48 && sizeof(nt_record) == 296 &&
		      sizeof(nt_stack) == 520 && sizeof(nt_return) == 32 &&
		      sizeof(nt_tracking) == 40,
	      "no hidden padding");
#else
_Static_assert(sizeof(struct nt_head) == 16 && sizeof(struct nt_flow) == 48 &&
		       sizeof(struct nt_record) == 296 && sizeof(struct nt_stack) == 520 &&
		       sizeof(struct nt_return) == 32 && sizeof(struct nt_tracking) == 40,
	       "no hidden padding");
#endif

#endif
