/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The few fields of kernel structures that are read; CO-RE finds them on the running kernel. */
#ifndef NETTRACE_BPF_KERNEL_H
#define NETTRACE_BPF_KERNEL_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ptrace.h>
#include <linux/types.h>
#include <stdbool.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "constants.h"

#define VLAN_TAG_BYTES 4

#define ARPHRD_ETHER 1
#define ARPHRD_LOOPBACK 772

#define AF_INET 2
#define AF_INET6 10

/* linux/in6.h has them, and a struct in6_addr that would hide the kernel's. */
#define IPPROTO_HOPOPTS 0
#define IPPROTO_ROUTING 43
#define IPPROTO_FRAGMENT 44
#define IPPROTO_DSTOPTS 60
#define IPPROTO_MH 135

/* include/net/tcp_states.h: sockets that are a struct sock_common only. */
#define TCP_TIME_WAIT 6
#define TCP_NEW_SYN_RECV 12

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum;
};

struct net {
	struct ns_common ns;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct net_device {
	char name[16];
	int ifindex;
	unsigned short type;
	possible_net_t nd_net;
};

struct in6_addr {
	union {
		__be32 u6_addr32[4];
	} in6_u;
};

struct sock_common {
	__be32 skc_daddr;
	__be32 skc_rcv_saddr;
	__be16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	unsigned char skc_state;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
	__u16 sk_protocol;
};

struct tcp_sock {
	__u32 rcv_nxt;
};

struct tcp_skb_cb {
	__u32 seq;
	__u8 tcp_flags;
};

struct sk_buff {
	__u64 skb_mstamp_ns;
	struct sk_buff *next;
	struct net_device *dev;
	struct sock *sk;
	char cb[48];
	unsigned int len;
	__u32 mark;
	__be16 protocol;
	__be16 vlan_proto;
	__u16 vlan_tci;
	__u16 transport_header;
	__u16 network_header;
	__u16 mac_header;
	unsigned int data_len;
	unsigned int end;
	unsigned int tail; /* sk_buff_data_t: an offset from head on 64-bit machines */
	unsigned char *head;
	unsigned char *data;
};

struct iphdr {
	__u8 version : 4;
	__be16 tot_len;
	__u8 protocol;
	__be32 saddr;
	__be32 daddr;
};

struct ipv6hdr {
	struct in6_addr saddr;
	struct in6_addr daddr;
};

struct flowi_common {
	__u8 flowic_proto;
};

union flowi_uli {
	struct {
		__be16 dport;
		__be16 sport;
	} ports;
};

/* Both begin with what they have in common. */
struct flowi4 {
	struct flowi_common __fl_common;
	__be32 saddr;
	__be32 daddr;
	union flowi_uli uli;
};

struct flowi6 {
	struct flowi_common __fl_common;
	struct in6_addr daddr;
	struct in6_addr saddr;
	union flowi_uli uli;
};

struct page {
	unsigned long flags;
};

struct skb_frag {
};

struct skb_shared_info {
	__u8 nr_frags;
	struct sk_buff *frag_list;
	struct skb_frag frags[1];
};

struct napi_gro_cb {
	__u8 free : 2;
};

/* vlan_present was a bit until 6.2 dropped it; since then a tag is there if vlan_all is not 0. */
struct sk_buff___vlan_present {
	__u8 vlan_present : 1;
};

/* Both of the tag in one, since 6.2. */
struct sk_buff___vlan_all {
	__u32 vlan_all;
};

#pragma clang attribute pop

/* Since 6.2: makes a pointer readable by plain loads, which cost a fraction of a helper call. */
#ifndef NETTRACE_NO_KFUNCS
extern void *bpf_rdonly_cast(const void *object, __u32 btf_id) __ksym __weak;
#else
#define bpf_rdonly_cast ((void *(*)(const void *, __u32))NULL)
#endif

#define KERNEL_OBJECT(type, address)                                                               \
	((struct type *)(bpf_rdonly_cast ? bpf_rdonly_cast((void *)(address),                      \
							   bpf_core_type_id_kernel(struct type))   \
					 : (void *)(address)))

#define READ_IF(is_loadable, object, field)                                                        \
	({                                                                                         \
		typeof((object)->field) value__;                                                   \
		if (is_loadable)                                                                   \
			value__ = (object)->field;                                                 \
		else                                                                               \
			bpf_core_read(&value__, sizeof(value__), &(object)->field);                \
		value__;                                                                           \
	})

/* Reads a field of an object that KERNEL_OBJECT made, or of a typed argument; the verifier keeps
 * one of the two ways. */
#define READ(object, field) READ_IF(bpf_rdonly_cast || variant() & NT_VARIANT_TYPED, object, field)
/* The same where an argument may have another type than the object. */
#define READ_UNTYPED(object, field) READ_IF(bpf_rdonly_cast, object, field)

#endif
