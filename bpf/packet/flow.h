/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Addresses and ports of an outgoing packet that has no network header yet: its socket has them. */
#ifndef NETTRACE_BPF_PACKET_FLOW_H
#define NETTRACE_BPF_PACKET_FLOW_H

#include "packet/layers.h"
#include "nettrace/record.h"

static __always_inline void put_word(__u8 *to, __be32 word)
{
	*(__be32 *)to = word;
}

/* ::ffff:a.b.c.d: an IPv6 socket that talks IPv4. */
static __always_inline bool is_mapped_ipv4(const __be32 *address)
{
	return !address[0] && !address[1] && address[2] == bpf_htonl(0xffff);
}

/* Request and time-wait sockets are smaller than a struct sock, and always TCP's. */
static __always_inline bool is_full_socket(struct sock *sk)
{
	__u8 state = READ(sk, __sk_common.skc_state);

	return state != TCP_NEW_SYN_RECV && state != TCP_TIME_WAIT;
}

/* TCP keeps in skb->cb what it will write into the header (include/net/tcp.h, tcp_skb_cb). */
static __always_inline void read_tcp_state(struct sk_buff *skb, struct sock *sk,
					   struct nt_flow *flow)
{
	struct tcp_skb_cb *cb = (struct tcp_skb_cb *)__builtin_preserve_access_index(&skb->cb);

	bpf_core_read(&flow->tcp_seq, sizeof(flow->tcp_seq), &cb->seq);
	/* One byte: tcp_flags grew to 16 bits in 6.15, and both machines are little-endian. */
	bpf_core_read(&flow->tcp_flags, sizeof(flow->tcp_flags), &cb->tcp_flags);
	bpf_core_read(&flow->tcp_ack, sizeof(flow->tcp_ack), &((struct tcp_sock *)sk)->rcv_nxt);
}

/* To `zero`, opaque_zero, of which the verifier does not know that they are: what is written over
 * some of them is the same to it then. */
static __always_inline void clear_flow(struct nt_flow *flow, __u64 zero)
{
	__u64 *words = (__u64 *)flow;
	volatile __u32 *halves = (volatile __u32 *)flow;

#pragma unroll
	for (__u32 i = 0; i < sizeof(*flow) / sizeof(*words); i++) {
		words[i] = zero;
		halves[2 * i + 1] = zero; /* no number of 8 bytes any more, but bytes */
	}
}

/* Takes away what the verifier learnt from the ways through the functions below: which numbers they
 * wrote, and how large ones. */
static __always_inline void forget_flow(struct layers *layers, struct nt_flow *flow, __u64 zero)
{
	volatile __u32 *halves = (volatile __u32 *)flow;

#pragma unroll
	for (__u32 i = 1; i < sizeof(*flow) / sizeof(*halves); i += 2)
		halves[i] |= zero;
	VERIFIER_FORGET(layers->ethertype, zero);
	VERIFIER_FORGET(layers->has_l3, zero);
	VERIFIER_FORGET(layers->l4, zero);
}

/* Of an IP packet whose transport header is still to be written by a struct flowi4 or flowi6. What
 * its headers say is forgotten. Returns the record's flags. */
static __noinline __u16 read_planned_flow(void *planned, struct layers *layers,
					  struct nt_flow *flow)
{
	struct flowi4 *flowi4 = KERNEL_OBJECT(flowi4, planned);
	struct flowi6 *flowi6 = KERNEL_OBJECT(flowi6, planned);
	__be32 saddr[4], daddr[4];

	if (layers->ethertype == ETH_P_IP) {
		put_word(flow->saddr, READ_UNTYPED(flowi4, saddr));
		put_word(flow->daddr, READ_UNTYPED(flowi4, daddr));
		flow->sport = READ_UNTYPED(flowi4, uli.ports.sport);
		flow->dport = READ_UNTYPED(flowi4, uli.ports.dport);
	} else if (layers->ethertype == ETH_P_IPV6) {
		bpf_core_read(saddr, sizeof(saddr), &flowi6->saddr);
		bpf_core_read(daddr, sizeof(daddr), &flowi6->daddr);
		__builtin_memcpy(flow->saddr, saddr, sizeof(saddr));
		__builtin_memcpy(flow->daddr, daddr, sizeof(daddr));
		flow->sport = READ_UNTYPED(flowi6, uli.ports.sport);
		flow->dport = READ_UNTYPED(flowi6, uli.ports.dport);
	} else {
		return 0;
	}
	flow->l4_proto = READ_UNTYPED(flowi4, __fl_common.flowic_proto);
	layers->has_l3 = false;
	layers->l4 = 0;
	return NT_HAS_FLOW;
}

/* Returns the record's flags: 0 if the socket does not tell. Sets the packet's ethertype. */
static __noinline __u16 read_flow(struct sk_buff *skb, struct sock *sk, struct layers *layers,
				  struct nt_flow *flow)
{
	__be32 daddr[4], saddr[4];
	__u16 family;

	if (!sk)
		return 0;
	family = READ(sk, __sk_common.skc_family);
	if (family != AF_INET && family != AF_INET6)
		return 0;
	layers->ethertype = ETH_P_IP;
	if (family == AF_INET6) {
		bpf_core_read(daddr, sizeof(daddr), &sk->__sk_common.skc_v6_daddr);
		if (!is_mapped_ipv4(daddr)) {
			bpf_core_read(saddr, sizeof(saddr), &sk->__sk_common.skc_v6_rcv_saddr);
			__builtin_memcpy(flow->saddr, saddr, sizeof(saddr));
			__builtin_memcpy(flow->daddr, daddr, sizeof(daddr));
			layers->ethertype = ETH_P_IPV6;
		}
	}
	if (layers->ethertype == ETH_P_IP) {
		put_word(flow->saddr, READ(sk, __sk_common.skc_rcv_saddr));
		put_word(flow->daddr, READ(sk, __sk_common.skc_daddr));
	}
	flow->sport = bpf_htons(READ(sk, __sk_common.skc_num));
	flow->dport = READ(sk, __sk_common.skc_dport);
	flow->l4_proto = IPPROTO_TCP;
	if (!is_full_socket(sk))
		return NT_HAS_FLOW;
	flow->l4_proto = READ(sk, sk_protocol);
	if (flow->l4_proto != IPPROTO_TCP || layers->l4)
		return NT_HAS_FLOW;
	read_tcp_state(skb, sk, flow);
	return NT_HAS_FLOW | NT_HAS_TCP_STATE;
}

#endif
