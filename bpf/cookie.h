/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The 64 bits that say which leaf a hit belongs to. */
#ifndef NETTRACE_BPF_COOKIE_H
#define NETTRACE_BPF_COOKIE_H

#include "kernel.h"
#include "nettrace/config.h"

/* Userspace replaces the placeholder in a copy of the program image for each leaf, where the kernel
 * has no cookies: functions before 5.15, raw tracepoints before 6.10. */
static __always_inline __u64 patched_cookie(void)
{
	__u64 cookie;

	asm volatile("%0 = %1 ll" : "=r"(cookie) : "i"(NT_COOKIE_PLACEHOLDER));
	return cookie;
}

static __always_inline __u64 cookie_of_function(void *ctx)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_attach_cookie))
		return bpf_get_attach_cookie(ctx);
	return patched_cookie();
}

#endif
