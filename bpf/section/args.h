/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Arguments of the function that its leaf in tracer.json lists. */
#ifndef NETTRACE_BPF_SECTION_ARGS_H
#define NETTRACE_BPF_SECTION_ARGS_H

#include "section/hit.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1); /* leaves; userspace sets it where some list arguments */
	__type(key, __u32);
	__type(value, struct nt_leaf_args);
} leaf_args SEC(".maps");

static __always_inline __u64 listed_argument(const struct hit *hit, __u32 position)
{
	/* Where the verifier knows the arguments' types, it must see that there is this one. */
	if (variant() & NT_VARIANT_TYPED && position >= NT_VARIANT_ARGUMENTS(variant()))
		return 0;
	return (__u64)(hit->way == NO_RETURN ? tracepoint_word(hit->ctx, position)
					     : argument(hit->ctx, position));
}

static __always_inline void fill_args(const struct hit *hit, struct nt_args *to)
{
	__u32 leaf = NT_COOKIE_LEAF(hit->cookie);
	struct nt_leaf_args *listed = bpf_map_lookup_elem(&leaf_args, &leaf);

#pragma unroll
	for (__u32 i = 0; i < NT_MAX_ARGS; i++) {
		__u32 position = listed ? listed->position[i] : 0;

		to->values[i] = position ? listed_argument(hit, position - 1) : 0;
	}
}

#endif
