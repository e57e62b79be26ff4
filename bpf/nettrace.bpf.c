// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One program serves every function of the tree, in a copy for each position of the skb among the
 * arguments; the cookie says which leaf was hit. */
#include "kernel.h"
#include "filter.h"
#include "life.h"
#include "emit.h"
#include "patched.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The packets of TCP's queues belong to no socket, but their functions are called with it: `socket`
 * is only evaluated for those, and `cookie` only after a match. The value is emit()'s. */
#define HIT(ctx, address, cookie, socket, way)                                                     \
	({                                                                                         \
		__u64 address__ = (__u64)(address);                                                \
		struct layers layers__ = {};                                                       \
		struct nt_flow flow__ = {};                                                        \
		__u64 life__ = 0, call__ = 0;                                                      \
		__u16 flags__ = 0;                                                                 \
		if (address__) {                                                                   \
			struct sk_buff *skb__ = KERNEL_OBJECT(sk_buff, address__);                 \
			locate(skb__, &layers__);                                                  \
			if (!layers__.has_l3) {                                                    \
				void *sk__ = READ(skb__, sk);                                      \
				if (!sk__)                                                         \
					sk__ = socket;                                             \
				flags__ = read_flow(skb__, KERNEL_OBJECT(sock, sk__), &layers__,   \
						    &flow__);                                      \
			}                                                                          \
			if (is_wanted(address__, &layers__, &flow__, flags__, &life__))            \
				call__ = emit(ctx, address__, &layers__, &flow__, flags__, life__, \
					      cookie, way);                                        \
		}                                                                                  \
		call__;                                                                            \
	})

/* Whether to show this packet here; where packets are followed, it has a life from now on. */
static __always_inline bool is_wanted(__u64 skb, const struct layers *layers,
				      const struct nt_flow *flow, __u16 flags, __u64 *life)
{
	struct life *followed;

	if (!config.follow)
		return packet_matches(layers, flow, flags);
	if (!config.skb_mode && !packet_matches(layers, flow, flags))
		return false;
	followed = find_life(skb);
	if (followed) {
		*life = followed->id;
		return !(followed->state & LIFE_OVER);
	}
	if (config.skb_mode && !packet_matches(layers, flow, flags))
		return false;
	*life = begin_life(skb);
	return true;
}

static __always_inline void *pointed_to(void *skbp)
{
	void *skb = NULL;

	bpf_probe_read_kernel(&skb, sizeof(skb), skbp);
	return skb;
}

/* Reads a register by itself: the compiler would merge the loads of several into one with a
 * variable offset, which the verifier refuses. */
#define REGISTER(ctx, name)                                                                        \
	({                                                                                         \
		void *value__;                                                                     \
		asm volatile("%0 = *(u64 *)(%1 + %2)"                                              \
			     : "=r"(value__)                                                       \
			     : "r"(ctx), "i"(__builtin_offsetof(PT_REGS, name)));                  \
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

/* `position` from 0; NULL where there is none. */
static __always_inline void *argument(struct pt_regs *ctx, __u32 position)
{
#define ARGUMENT(n, name)                                                                          \
	if (position == (n))                                                                       \
		return REGISTER(ctx, name);
	ARGUMENTS(ARGUMENT)
#undef ARGUMENT
	return NULL;
}

static __always_inline void *skb_of_function(struct pt_regs *ctx)
{
	void *pointer = argument(ctx, NT_SHAPE_SKB(shape()));

	return shape() & NT_SHAPE_POINTER ? pointed_to(pointer) : pointer;
}

static __always_inline void *socket_of_function(struct pt_regs *ctx)
{
	return argument(ctx, NT_COOKIE_SOCK(cookie_of_function(ctx)) - 1);
}

SEC("kprobe")
int function(struct pt_regs *ctx)
{
	bool is_session = shape() & NT_SHAPE_SESSION;
	__u64 call;
	void *skb;

	if (is_session && session_is_return(ctx)) {
		emit_return(*session_cookie(ctx), PT_REGS_RC(ctx));
		return 0;
	}
	skb = skb_of_function(ctx);
	call = HIT(ctx, skb, cookie_of_function(ctx), socket_of_function(ctx),
		   is_session ? CALL_BY_SESSION : CALL_BY_FRAME);
	if (shape() & NT_SHAPE_END)
		end_life((__u64)skb);
	/* From a session, 1 means that its return is of no interest. */
	return is_session ? !call : 0;
}

/* A return probe, for the calls that `function` kept. */
SEC("kprobe")
int returned(struct pt_regs *ctx)
{
	emit_return(take_call(ctx, NT_COOKIE_LEAF(cookie_of_function(ctx))), PT_REGS_RC(ctx));
	return 0;
}

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
	void *skb = NULL;

	if (NT_SHAPE_SKB(shape()) != NT_SHAPE_SKB(NT_SHAPE_PLACEHOLDER))
		skb = raw_argument(ctx, NT_SHAPE_SKB(shape()));
	HIT(ctx, skb, cookie, socket_of_tracepoint(ctx, cookie), NO_CALL);
	if (shape() & NT_SHAPE_END)
		consume_life((__u64)skb);
	return 0;
}

#include "hooks.h"
