// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One program for each position of the skb among the arguments serves every function of the tree;
 * the cookie says which leaf was hit. */
#include "kernel.h"
#include "filter.h"
#include "emit.h"
#include "cookie.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The packets of TCP's queues belong to no socket, but their functions are called with it: `socket`
 * is only evaluated for those, and `cookie` only after a match. */
#define HIT(address, cookie, socket)                                                               \
	({                                                                                         \
		struct sk_buff *skb__ = KERNEL_OBJECT(sk_buff, address);                           \
		struct layers layers__ = {};                                                       \
		struct nt_flow flow__ = {};                                                        \
		__u16 flags__ = 0;                                                                 \
		if (skb__) {                                                                       \
			locate(skb__, &layers__);                                                  \
			if (!layers__.has_l3) {                                                    \
				void *sk__ = READ(skb__, sk);                                      \
				if (!sk__)                                                         \
					sk__ = socket;                                             \
				flags__ = read_flow(skb__, KERNEL_OBJECT(sock, sk__), &layers__,   \
						    &flow__);                                      \
			}                                                                          \
			if (packet_matches(&layers__, &flow__, flags__))                           \
				emit(skb__, &layers__, &flow__, flags__, cookie);                  \
		}                                                                                  \
	})

static __always_inline void *pointed_to(void *skbp)
{
	void *skb = NULL;

	bpf_probe_read_kernel(&skb, sizeof(skb), skbp);
	return skb;
}

#if defined(bpf_target_x86)
#define SIXTH_ARGUMENT(ctx) ((ctx)->r9)
#elif defined(bpf_target_arm64)
#define SIXTH_ARGUMENT(ctx) (((PT_REGS_ARM64 *)(ctx))->regs[5])
#else
#error "which register holds the sixth argument?"
#endif

/* The registers are read one by one, because the verifier refuses a context with a variable offset.
 */
static __always_inline void *argument(struct pt_regs *ctx, __u32 position)
{
	__u64 first = PT_REGS_PARM1(ctx), second = PT_REGS_PARM2(ctx), third = PT_REGS_PARM3(ctx);
	__u64 fourth = PT_REGS_PARM4(ctx), fifth = PT_REGS_PARM5(ctx), sixth = SIXTH_ARGUMENT(ctx);

	barrier_var(first);
	barrier_var(second);
	barrier_var(third);
	barrier_var(fourth);
	barrier_var(fifth);
	barrier_var(sixth);
	return (void *)(position == 1	? first
			: position == 2 ? second
			: position == 3 ? third
			: position == 4 ? fourth
			: position == 5 ? fifth
			: position == 6 ? sixth
					: 0);
}

static __always_inline void *socket_of_function(struct pt_regs *ctx)
{
	return argument(ctx, NT_COOKIE_SOCK(cookie_of_function(ctx)));
}

/* skb_N: argument N is the skb; skbp_N: argument N is a pointer to the pointer to the skb. */
#define FUNCTION_PROGRAMS(n, parameter)                                                            \
	SEC("kprobe")                                                                              \
	int skb_##n(struct pt_regs *ctx)                                                           \
	{                                                                                          \
		HIT(parameter(ctx), cookie_of_function(ctx), socket_of_function(ctx));             \
		return 0;                                                                          \
	}                                                                                          \
	SEC("kprobe")                                                                              \
	int skbp_##n(struct pt_regs *ctx)                                                          \
	{                                                                                          \
		HIT(pointed_to((void *)parameter(ctx)), cookie_of_function(ctx),                   \
		    socket_of_function(ctx));                                                      \
		return 0;                                                                          \
	}

FUNCTION_PROGRAMS(0, PT_REGS_PARM1)
FUNCTION_PROGRAMS(1, PT_REGS_PARM2)
FUNCTION_PROGRAMS(2, PT_REGS_PARM3)
FUNCTION_PROGRAMS(3, PT_REGS_PARM4)
FUNCTION_PROGRAMS(4, PT_REGS_PARM5)
FUNCTION_PROGRAMS(5, SIXTH_ARGUMENT)

static __always_inline void *raw_argument(struct bpf_raw_tracepoint_args *ctx, __u32 index)
{
	void *value = NULL;

	bpf_probe_read_kernel(&value, sizeof(value), &ctx->args[index]);
	return value;
}

static __always_inline void *socket_of_tracepoint(struct bpf_raw_tracepoint_args *ctx, __u64 cookie)
{
	return NT_COOKIE_SOCK(cookie) ? raw_argument(ctx, NT_COOKIE_SOCK(cookie) - 1) : NULL;
}

SEC("raw_tracepoint")
int tracepoint(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 cookie = patched_cookie();

	HIT(raw_argument(ctx, NT_COOKIE_SKB(cookie)), cookie, socket_of_tracepoint(ctx, cookie));
	return 0;
}
