/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Load-time constants, of all programs and of each variant of one: the verifier removes what they
 * make unreachable. */
#ifndef NETTRACE_BPF_CONSTANTS_H
#define NETTRACE_BPF_CONSTANTS_H

#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#include "nettrace/config.h"

const volatile struct nt_config config = {};
const volatile struct nt_memory memory = {};

/* A constant that userspace patches into a variant's image. */
#define LOAD_CONST(placeholder)                                                                    \
	({                                                                                         \
		__u64 value__;                                                                     \
		asm volatile("%0 = %1 ll" : "=r"(value__) : "i"(placeholder));                     \
		value__;                                                                           \
	})

/* NT_VARIANT_* of this variant. */
static __always_inline __u64 variant(void)
{
	return LOAD_CONST(NT_VARIANT_PLACEHOLDER);
}

static __always_inline __u64 patched_cookie(void)
{
	return LOAD_CONST(NT_COOKIE_PLACEHOLDER);
}

/* Never written, but the verifier cannot know. */
static volatile __u64 opaque_zero = 0;

/* Hides a number's known value from the verifier, so that branches merge into one state: otherwise
 * it walks everything behind the place where they meet once for each branch. */
#define VERIFIER_FORGET(number, zero) asm volatile("%0 <<= %1" : "+r"(number) : "r"(zero))

/* The same for a pointer, or for where a number comes from. */
#define VERIFIER_FORGET_TYPE(value) asm volatile("%0 = -%0\n\t%0 = -%0" : "+r"(value))

/* Reads a struct of words: 7.3's verifier takes what a function reads through a pointer to its
 * caller's caller for dead, unless it is read again behind the call. */
#define USE_ALL(object)                                                                            \
	do {                                                                                       \
		volatile __u64 *words__ = (volatile __u64 *)&(object);                             \
                                                                                                   \
		_Pragma("unroll") for (__u32 i__ = 0; i__ < sizeof(object) / 8; i__++)(void)       \
			words__[i__];                                                              \
	} while (0)

#endif
