/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a program is called with: the registers at a kprobe, the arguments at fentry and fexit, the
 * raw arguments of a tracepoint. */
#ifndef NETTRACE_BPF_CONTEXT_H
#define NETTRACE_BPF_CONTEXT_H

#include "kernel.h"

/* Reads 8 bytes of the context by itself: the compiler would merge several of these loads into one
 * with a variable offset, which the verifier refuses. */
#define LOAD(ctx, offset)                                                                          \
	({                                                                                         \
		void *value__;                                                                     \
		asm volatile("%0 = *(u64 *)(%1 + %2)" : "=r"(value__) : "r"(ctx), "i"(offset));    \
		value__;                                                                           \
	})
#if defined(bpf_target_x86)
#define PT_REGS struct pt_regs
#define ARGUMENTS(use) use(0, rdi) use(1, rsi) use(2, rdx) use(3, rcx) use(4, r8) use(5, r9)
#elif defined(bpf_target_arm64)
#define PT_REGS struct user_pt_regs
#define ARGUMENTS(use)                                                                             \
	use(0, regs[0]) use(1, regs[1]) use(2, regs[2]) use(3, regs[3]) use(4, regs[4])            \
		use(5, regs[5])
#else
#error "which registers hold the arguments?"
#endif

/* The cookie tells where the skb is and what it is, else the variant does. */
static __always_inline bool is_any(void)
{
	return NT_VARIANT_SKB(variant()) == NT_VARIANT_ANY;
}

/* The `n`th word of the context, from 0. */
static __always_inline void *word(void *ctx, __u32 n)
{
#define WORD(i)                                                                                    \
	if (n == (i))                                                                              \
		return LOAD(ctx, (i) * sizeof(__u64));
	WORD(0)
	WORD(1)
	WORD(2)
	WORD(3)
	WORD(4)
	WORD(5)
	WORD(6)
#undef WORD
	return NULL;
}

static __always_inline void *register_argument(void *ctx, __u32 position)
{
#define ARGUMENT(n, name)                                                                          \
	if (position == (n))                                                                       \
		return LOAD(ctx, __builtin_offsetof(PT_REGS, name));
	ARGUMENTS(ARGUMENT)
#undef ARGUMENT
	return NULL;
}

/* `position` from 0; NULL where there is none. */
static __always_inline void *argument(void *ctx, __u32 position)
{
	__u64 value = 0;

	if (!(variant() & NT_VARIANT_TRACING))
		return register_argument(ctx, position);
	if (variant() & NT_VARIANT_TYPED)
		return word(ctx, position);
	bpf_get_func_arg(ctx, position, &value);
	return (void *)value;
}

/* An argument of a raw tracepoint whose position no constant tells: a program that loads words
 * behind the tracepoint's arguments cannot be attached to it, and it may have only one. */
static __always_inline void *tracepoint_word(void *ctx, __u32 position)
{
	__u64 address = (__u64)ctx;
	void *value = NULL;

	VERIFIER_FORGET_TYPE(address);
	bpf_probe_read_kernel(&value, sizeof(value), (void *)(address + position * sizeof(__u64)));
	return value;
}

static __always_inline void *tracepoint_argument(void *ctx, __u32 position)
{
	if (!position)
		return LOAD(ctx, 0);
	return is_any() ? tracepoint_word(ctx, position) : word(ctx, position);
}

static __always_inline __u64 returned_value(void *ctx)
{
	__u64 value = 0;

	if (!(variant() & NT_VARIANT_TRACING))
		return PT_REGS_RC((struct pt_regs *)ctx);
	if (variant() & NT_VARIANT_TYPED) /* it stands behind the arguments */
		return (__u64)word(ctx, NT_VARIANT_ARGUMENTS(variant()));
	bpf_get_func_ret(ctx, &value);
	return value;
}

/* A number that no other call has as long as this one runs. At a kprobe: where the return address
 * is, which x86_64 has popped by the time of the return probe. Else: where the arguments are, on
 * the stack of the trampoline that calls both programs. */
static __always_inline __u64 frame_at_entry(void *ctx)
{
	return variant() & NT_VARIANT_TRACING ? (__u64)ctx : PT_REGS_SP((struct pt_regs *)ctx);
}

static __always_inline __u64 frame_at_return(void *ctx)
{
	if (variant() & NT_VARIANT_TRACING)
		return (__u64)ctx;
#if defined(bpf_target_x86)
	return PT_REGS_SP((struct pt_regs *)ctx) - sizeof(__u64);
#else
	return PT_REGS_SP((struct pt_regs *)ctx);
#endif
}

/* At a kprobe. */
static __always_inline __u64 return_address(void *ctx)
{
#if defined(bpf_target_x86)
	__u64 address = 0;

	bpf_probe_read_kernel(&address, sizeof(address), (void *)frame_at_entry(ctx));
	return address;
#else
	return PT_REGS_RET((struct pt_regs *)ctx);
#endif
}

#define CACHED_COOKIES 1024

/* A function's address in the upper half, its cookie in the lower one. */
static __u64 cached_cookies[CACHED_COOKIES] = {};

/* The kernel searches a link of kprobe.multi for the function's cookie, which takes longer than
 * most packets do. The upper half of addresses is the same for all functions, and their lowest two
 * bits are 0. */
static __always_inline __u64 cached_cookie(void *ctx, __u32 cookie_cache)
{
	__u64 function = bpf_get_func_ip(ctx) << 32 | (__u64)cookie_cache << 32;
	volatile __u64 *cached = &cached_cookies[function >> 36 & (CACHED_COOKIES - 1)];
	__u64 found = *cached;

	if ((found ^ function) >> 32) {
		found = function | bpf_get_attach_cookie(ctx);
		*cached = found;
	}
	return (__u32)found;
}

static __always_inline __u64 cookie_of(void *ctx)
{
	if (variant() & NT_VARIANT_COOKIE)
		return patched_cookie();
	if (NT_VARIANT_COOKIE_CACHE(variant()))
		return cached_cookie(ctx, NT_VARIANT_COOKIE_CACHE(variant()));
	return bpf_get_attach_cookie(ctx);
}

static __always_inline __u32 skb_position(__u64 cookie)
{
	return is_any() ? NT_COOKIE_SKB(cookie) : NT_VARIANT_SKB(variant());
}

static __always_inline bool is_skb_pointer(__u64 cookie)
{
	return is_any() ? cookie & NT_COOKIE_POINTER : variant() & NT_VARIANT_POINTER;
}

static __always_inline bool ends_skb(__u64 cookie)
{
	return is_any() ? config.track_skbs && cookie & NT_COOKIE_END : variant() & NT_VARIANT_END;
}

static __always_inline void *pointed_to(void *skbp)
{
	void *skb = NULL;

	bpf_probe_read_kernel(&skb, sizeof(skb), skbp);
	return skb;
}

#endif
