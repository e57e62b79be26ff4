/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where the kernel copies, merges and frees packets: these programs show nothing, they keep the
 * tracking right, whatever the user chose to see. The cookie names the enum nt_hook. */
#ifndef NETTRACE_BPF_TRACK_HOOKS_H
#define NETTRACE_BPF_TRACK_HOOKS_H

#include "track/calls.h"
#include "context.h"
#include "track/tracking.h"

#define FIRST(ctx) ((__u64)argument(ctx, 0))
#define SECOND(ctx) ((__u64)argument(ctx, 1))

SEC("kprobe")
int hook(struct pt_regs *ctx)
{
	switch (NT_COOKIE_LEAF(cookie_of(ctx))) {
	case NT_HOOK_COPY:
		join_tracked(FIRST(ctx), SECOND(ctx));
		break;
	case NT_HOOK_SPLIT:
		join_tracked(SECOND(ctx), FIRST(ctx));
		break;
	case NT_HOOK_END:
		end_tracked(FIRST(ctx));
		break;
	case NT_HOOK_STATELESS:
		mark_tracked(FIRST(ctx), TRACKED_STATELESS, 0);
		break;
	case NT_HOOK_COALESCE:
		mark_tracked(SECOND(ctx), 0, FIRST(ctx));
		break;
	case NT_HOOK_COALESCED:
		mark_tracked(FIRST(ctx), TRACKED_COALESCED, 0);
		break;
	}
	return 0;
}

SEC("raw_tracepoint")
int consumed(struct bpf_raw_tracepoint_args *ctx)
{
	consume_tracked((__u64)word(ctx, 0));
	return 0;
}

/* Returns what end_merge() needs at the function's return: the tracked skb that it may take, or the
 * head of the fragments. 0: nothing. */
static __always_inline __u64 begin_merge(struct pt_regs *ctx, __u32 hook)
{
	__u64 first = FIRST(ctx), second = SECOND(ctx);

	if (hook == NT_HOOK_REASSEMBLE)
		return second;
	if (!find_tracked(second))
		return 0;
	mark_tracked(second, 0, first);
	return second;
}

static __always_inline void end_merge(struct pt_regs *ctx, __u32 hook, __u64 skb)
{
	if (!skb)
		return;
	if (hook == NT_HOOK_REASSEMBLE)
		finish_reassembly((struct sk_buff *)skb);
	else if (!(__u32)returned_value(ctx))
		finish_gro(skb);
}

SEC("kprobe")
int merge(struct pt_regs *ctx)
{
	__u32 hook = NT_COOKIE_LEAF(cookie_of(ctx));
	__u64 skb;

	if (variant() & NT_VARIANT_SESSION) {
		__u64 *merge = session_cookie(ctx);

		if (session_is_return(ctx)) {
			end_merge(ctx, hook, *merge);
			return 0;
		}
		*merge = begin_merge(ctx, hook);
		return end_of_entry(ctx, *merge);
	}
	skb = begin_merge(ctx, hook);
	if (skb && !save_call(ctx, -hook, skb))
		COUNT(calls_full);
	return 0;
}

SEC("kprobe")
int merge_returned(struct pt_regs *ctx)
{
	__u32 hook = NT_COOKIE_LEAF(cookie_of(ctx));

	end_merge(ctx, hook, pop_call(ctx, -hook));
	return 0;
}

#endif
