/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Packet bytes behind the linear part of an skb: some drivers receive headers in pages. */
#ifndef NETTRACE_BPF_PACKET_FRAGMENT_H
#define NETTRACE_BPF_PACKET_FRAGMENT_H

#include "kernel.h"

#define PAGE_SHIFT 12
#define NOT_READABLE 1 /* NET_IOV, include/net/netmem.h */

/* A skb_frag_t, read as one block: it was a struct bio_vec until 6.9 and has other names since, but
 * the same three fields in the same places. */
struct fragment_bytes {
	__u64 page; /* a struct page, or a netmem_ref that may be NOT_READABLE */
	__u32 len;
	__u32 offset;
};

/* The first fragment as the kernel has it mapped. */
struct fragment {
	const unsigned char *data;
	__u64 size; /* 0: there is none, or it cannot be read */
};

static __always_inline __u64 read_u64(__u64 address)
{
	__u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
	return value;
}

/* page_to_virt() of x86_64. */
static __noinline int find_fragment(struct sk_buff *skb, const unsigned char *head,
				    struct fragment *found)
{
	struct skb_shared_info *info = (void *)(head + READ_UNTYPED(skb, end));
	struct fragment_bytes first = {};
	__u64 page_number;

	found->data = NULL;
	found->size = 0;
	if (!memory.vmemmap_base || !memory.page_offset_base || !READ_UNTYPED(skb, data_len))
		return 0;
	bpf_probe_read_kernel(&first, sizeof(first),
			      (void *)info + bpf_core_field_offset(info->frags));
	if (first.page & NOT_READABLE)
		return 0;
	page_number =
		(first.page - read_u64(memory.vmemmap_base)) / bpf_core_type_size(struct page);
	found->data = (void *)(read_u64(memory.page_offset_base) + (page_number << PAGE_SHIFT) +
			       first.offset);
	found->size = first.len;
	return 0;
}

#endif
