/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where the function was called from. */
#ifndef NETTRACE_BPF_SECTION_CALLER_H
#define NETTRACE_BPF_SECTION_CALLER_H

#include "section/hit.h"

#define LONGEST_ENTRY 32 /* bytes from a function's start to behind its call of a trampoline */

/* Of a function that is called with a trampoline in between. Kernels differ in whether the
 * function's own frame is among those that a stack has then, so it is looked for; those that do
 * not tell the function's address have it always. */
static __always_inline __u64 caller_behind_trampoline(void *ctx)
{
	__u64 frames[2] = {};

	bpf_get_stack(ctx, frames, sizeof(frames), own_frames());
	if (!(variant() & NT_VARIANT_TYPED) && frames[0] - bpf_get_func_ip(ctx) > LONGEST_ENTRY)
		return frames[0];
	return frames[1];
}

static __always_inline __u64 caller_of(void *ctx, enum return_match way)
{
	if (way == NO_RETURN)
		return 0;
	return variant() & NT_VARIANT_TRACING ? caller_behind_trampoline(ctx) : return_address(ctx);
}

static __always_inline void fill_caller(const struct hit *hit, struct nt_caller *to)
{
	to->address = caller_of(hit->ctx, hit->way);
}

#endif
