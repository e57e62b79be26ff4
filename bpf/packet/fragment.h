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

static __always_inline __u64 read_u64(__u64 address)
{
	__u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
	return value;
}

/* Of the skb's first fragment, the address of those bytes from the `at`th one on that end with its
 * last one, or 0: there are fewer than `size`, or they cannot be read. With a `size` of 0 their
 * count. page_to_virt() of x86_64.
 *
 * A global function, which the verifier walks once. It walks a static one again for each call: this
 * is called wherever a header is read, and was half of all that it walked. */
__noinline __u64 fragment_bytes(__u64 address, __u64 head, __u64 at, __u64 size)
{
	struct sk_buff *skb = KERNEL_OBJECT(sk_buff, address);
	struct skb_shared_info *info = (void *)(head + READ_UNTYPED(skb, end));
	struct fragment_bytes first = {};
	__u64 page_number;

	if (!memory.vmemmap_base || !memory.page_offset_base || !READ_UNTYPED(skb, data_len))
		return 0;
	bpf_probe_read_kernel(&first, sizeof(first),
			      (void *)info + bpf_core_field_offset(info->frags));
	if (first.page & NOT_READABLE || at + size > first.len)
		return 0;
	if (!size)
		return first.len - at;
	page_number =
		(first.page - read_u64(memory.vmemmap_base)) / bpf_core_type_size(struct page);
	return read_u64(memory.page_offset_base) + (page_number << PAGE_SHIFT) + first.offset + at;
}

#endif
