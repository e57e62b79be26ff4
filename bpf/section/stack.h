/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The callers of the function. It comes last, behind the sections that every hit of the trace has.
 */
#ifndef NETTRACE_BPF_SECTION_STACK_H
#define NETTRACE_BPF_SECTION_STACK_H

#include "section/hit.h"

static __always_inline void fill_stack(const struct hit *hit, struct nt_stack *to)
{
	bool is_kprobe = hit->way != NO_RETURN && !(variant() & NT_VARIANT_TRACING);
	long size = bpf_get_stack(hit->ctx, to->frames, sizeof(to->frames),
				  is_kprobe ? 0 : own_frames());

	to->size = size > 0 ? size : 0;
	to->pad = 0;
}

#endif
