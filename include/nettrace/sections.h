/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The sections of a hit: what a record holds behind its head, each if it was asked for. All of a
 * trace's hits have the same sections at the same offsets, which are constants of the load
 * (nt_config.section_at), so that one that nobody asks for costs nothing.
 * A section is a row below and its struct here, and fill_NAME() in bpf/section/NAME.h. Every size
 * is a multiple of 8. A later version may append fields, to which 0 means that nothing is known. */
#ifndef NETTRACE_SECTIONS_H
#define NETTRACE_SECTIONS_H

#include <linux/types.h>

/* The names of its bit, of its struct, of its functions and of its part in a recording. A new
 * section goes directly before STACK, which is last: some leaves only have a stack, and the kernel
 * side appends it behind the sections that every hit has (bpf/emit.h). Recordings know sections by
 * name, so bits may move. */
#define NT_SECTIONS(row)                                                                           \
	row(PACKET, packet) row(DEVICE, device) row(TASK, task) row(NETNS, netns) row(MARK, mark)  \
		row(CALLER, caller) row(ARGS, args) row(STACK, stack)

enum nt_section {
#define NT_SECTION_ID(ID, name) NT_SECTION_##ID,
	NT_SECTIONS(NT_SECTION_ID)
#undef NT_SECTION_ID
		NT_SECTION_COUNT,
};

#define NT_SECTION_BIT(section) (1U << (section))
#define NT_MAX_SECTIONS 16 /* bits of nt_hit.sections */

#define NT_NAME_BYTES 16    /* IFNAMSIZ and TASK_COMM_LEN */
#define NT_HEADER_BYTES 128 /* most header bytes that a record carries */
#define NT_NO_OFFSET 0xffff /* this layer is not in `header` */
#define NT_MAX_FRAMES 64    /* most return addresses that a stack holds */
#define NT_MAX_ARGS 4	    /* arguments of a function that a record holds */

/* nt_packet.flags */
enum nt_packet_flag {
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

struct nt_packet {
	__u32 len;	     /* skb->len, bytes */
	__u16 ethertype;     /* of the L3 header, below any VLAN tag, host order; 0: unknown */
	__u16 flags;	     /* enum nt_packet_flag */
	__u16 vlan_tci;	     /* host order */
	__u16 header_len;    /* valid bytes in `header`, all from the skb's linear part or its first
				fragment */
	__u16 l3_offset;     /* of the network header in `header`, or NT_NO_OFFSET */
	__u16 l4_offset;     /* with NT_HAS_FLOW: of the transport header, or NT_NO_OFFSET */
	struct nt_flow flow; /* with NT_HAS_FLOW */
	__u8 header[NT_HEADER_BYTES]; /* from the MAC header where there is one, else from L3 */
};

/* skb->dev. */
struct nt_device {
	__u32 ifindex;		  /* 0: without a device */
	char name[NT_NAME_BYTES]; /* NUL-terminated; empty without a device */
	__u32 pad;
};

/* The process that the CPU was running; in softirq, the one that was interrupted. */
struct nt_task {
	__u32 pid;
	char comm[NT_NAME_BYTES]; /* of its current thread, NUL-terminated */
	__u32 pad;
};

/* Of the device, else of the socket. */
struct nt_netns {
	__u32 inode; /* 0: neither is there */
	__u32 pad;
};

/* skb->mark. */
struct nt_mark {
	__u32 value;
	__u32 pad;
};

struct nt_caller {
	__u64 address; /* that the function will return to; 0: unknown */
};

/* Of the function, those that its leaf in tracer.json lists ("args"), in that order. */
struct nt_args {
	__u64 values[NT_MAX_ARGS]; /* registers: a narrower type has garbage above it */
};

struct nt_stack {
	__u32 size; /* valid bytes in `frames` */
	__u32 pad;
	__u64 frames[NT_MAX_FRAMES]; /* return addresses, innermost first */
};

#ifndef __cplusplus
#define static_assert _Static_assert
#endif
#define NT_SECTION_CHECK(ID, name)                                                                 \
	static_assert(sizeof(struct nt_##name) % 8 == 0, "a multiple of 8 bytes: " #name);
NT_SECTIONS(NT_SECTION_CHECK)
#undef NT_SECTION_CHECK
static_assert(NT_SECTION_STACK == NT_SECTION_COUNT - 1, "the stack is last");
static_assert(NT_SECTION_COUNT <= NT_MAX_SECTIONS, "nt_hit.sections has a bit for each");
static_assert(sizeof(struct nt_flow) == 48 && sizeof(struct nt_packet) == 192 &&
		      sizeof(struct nt_device) == 24 && sizeof(struct nt_task) == 24 &&
		      sizeof(struct nt_netns) == 8 && sizeof(struct nt_mark) == 8 &&
		      sizeof(struct nt_caller) == 8 && sizeof(struct nt_args) == 32 &&
		      sizeof(struct nt_stack) == 520,
	      "no hidden padding");
#ifndef __cplusplus
#undef static_assert
#endif

#endif
