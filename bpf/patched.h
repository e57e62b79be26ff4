/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Constants that userspace writes into copies of a program's image before it loads them: the
 * verifier then removes what they make unreachable. */
#ifndef NETTRACE_BPF_PATCHED_H
#define NETTRACE_BPF_PATCHED_H

#include "kernel.h"
#include "nettrace/config.h"

#define PATCHED(placeholder)                                                                       \
	({                                                                                         \
		__u64 value__;                                                                     \
		asm volatile("%0 = %1 ll" : "=r"(value__) : "i"(placeholder));                     \
		value__;                                                                           \
	})

/* What kind of copy this is: NT_SHAPE_*. */
static __always_inline __u64 shape(void)
{
	return PATCHED(NT_SHAPE_PLACEHOLDER);
}

/* The leaf where the kernel has no cookies: functions before 5.15, raw tracepoints before 6.10. */
static __always_inline __u64 patched_cookie(void)
{
	return PATCHED(NT_COOKIE_PLACEHOLDER);
}

static __always_inline __u64 cookie_of_function(void *ctx)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_attach_cookie))
		return bpf_get_attach_cookie(ctx);
	return patched_cookie();
}

#endif
