/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a section is filled from. */
#ifndef NETTRACE_BPF_SECTION_HIT_H
#define NETTRACE_BPF_SECTION_HIT_H

#include "context.h"
#include "packet/flow.h"
#include "packet/layers.h"

/* How a return is matched to its call. */
enum return_match {
	NO_RETURN, /* a tracepoint */
	RETURN_BY_FRAME,
	RETURN_BY_SESSION,
};

struct hit {
	void *ctx; /* the program's */
	enum return_match way;
	__u64 cookie;
	const struct layers *layers; /* of the skb */
	const struct nt_flow *flow;
	__u64 packet_flags; /* enum nt_packet_flag */
};

/* How many frames of a stack to skip: look_closer_at_function() or its like, match_at_function() or
 * its like with an expression, the program that calls it, and the kernel's caller of that: a
 * trampoline, or bpf_trace_run1() and its like. A kprobe's stack begins with the function's
 * registers. */
static __always_inline __u64 own_frames(void)
{
	return config.expression ? 4 : 3;
}

#endif
