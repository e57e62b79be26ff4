/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* From a call to its return. A kprobe session carries 64 bits from the one to the other; elsewhere
 * a map does, keyed by the call's stack frame. */
#ifndef NETTRACE_BPF_TRACK_CALLS_H
#define NETTRACE_BPF_TRACK_CALLS_H

#include "context.h"

/* The kernel's bpf_session_is_return() and bpf_session_cookie(), since 6.10. 7.x takes a context,
 * earlier kernels take nothing; libbpf insists on one of the two, so userspace patches the calls.
 */
static bool (*const session_is_return)(void *ctx) = (void *)NT_CALL_SESSION_IS_RETURN;
static __u64 *(*const session_cookie)(void *ctx) = (void *)NT_CALL_SESSION_COOKIE;

/* What a session's program returns at the entry. A kprobe session's 1 means that the return is of
 * no interest; a trampoline's always comes. */
static __always_inline int end_of_entry(void *ctx, __u64 value)
{
	if (!(variant() & NT_VARIANT_TRACING))
		return !value;
	*session_cookie(ctx) = value;
	return 0;
}

struct call_key {
	__u64 frame;
	__u64 function; /* leaf or hook: a tail call has its caller's frame */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* userspace sets it where it is needed */
	__type(key, struct call_key);
	__type(value, __u64);
} calls SEC(".maps");

static __always_inline bool save_call(void *ctx, __u64 function, __u64 value)
{
	struct call_key key = {.frame = frame_at_entry(ctx), .function = function};

	return !bpf_map_update_elem(&calls, &key, &value, BPF_ANY);
}

/* The value that save_call() stored for the call that returns now; 0: none. */
static __always_inline __u64 pop_call(void *ctx, __u64 function)
{
	struct call_key key = {.frame = frame_at_return(ctx), .function = function};
	__u64 *found = bpf_map_lookup_elem(&calls, &key);
	__u64 value;

	if (!found)
		return 0;
	value = *found;
	bpf_map_delete_elem(&calls, &key);
	return value;
}

#endif
