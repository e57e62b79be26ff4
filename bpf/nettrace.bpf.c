// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One program serves every function of the tree and every way to attach to it, in a copy for each
 * position of the skb among the arguments; the cookie says which leaf was hit. */
#include "context.h"
#include "emit.h"
#include "filter.h"
#include "hooks.h"
#include "life.h"
#include "prefilter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Where the headers cannot tell what the packet is, its socket may, or `flow`: what the caller is
 * about to write into them. The packets of TCP's queues belong to no socket, but their functions
 * are called with it. `socket` and `cookie` are only evaluated when they are needed, `cookie` after
 * a match. The value is emit()'s. */
#define HIT(ctx, address, cookie, socket, flow_argument, way)                                      \
	({                                                                                         \
		__u64 address__ = (__u64)(address);                                                \
		struct sk_buff *skb__ = KERNEL_OBJECT(sk_buff, address__);                         \
		__u64 verdict__ = address__ ? first_verdict(skb__, address__) : MISSES;            \
		__u64 life__ = 0, call__ = 0;                                                      \
		__u64 flags__ = 0;                                                                 \
		if (verdict__ != MISSES) {                                                         \
			struct layers layers__;                                                    \
			struct nt_flow flow__ __attribute__((aligned(8)));                         \
			void *flow_argument__ = flow_argument;                                     \
			clear_flow(&flow__);                                                       \
			FORGET(verdict__, no_bits);                                                \
			locate(skb__, &layers__);                                                  \
			if (layers__.has_l3 && flow_argument__)                                    \
				flags__ = read_planned_flow(flow_argument__, &layers__, &flow__);  \
			if (!layers__.has_l3 && !flags__) {                                        \
				void *sk__ = READ(skb__, sk);                                      \
				if (!sk__)                                                         \
					sk__ = socket;                                             \
				flags__ = read_flow(skb__, KERNEL_OBJECT(sock, sk__), &layers__,   \
						    &flow__);                                      \
				if (config.follow && !flags__)                                     \
					flags__ =                                                  \
						read_flow_of_life(address__, &layers__, &flow__);  \
			}                                                                          \
			FORGET(flags__, no_bits);                                                  \
			if (is_wanted(address__, verdict__, &layers__, &flow__, flags__, &life__)) \
				call__ = emit(ctx, address__, &layers__, &flow__, flags__, life__, \
					      cookie, way);                                        \
		}                                                                                  \
		call__;                                                                            \
	})

/* With --skb-mode, what is followed is wanted whatever it has become. */
static __always_inline enum verdict first_verdict(struct sk_buff *skb, __u64 address)
{
	return config.skb_mode && find_life(address) ? MATCHES : prefilter(skb);
}

/* Whether to show this packet here; where packets are followed, it has a life from now on. */
static __always_inline bool is_wanted(__u64 skb, enum verdict verdict, const struct layers *layers,
				      const struct nt_flow *flow, __u16 flags, __u64 *life)
{
	struct nt_followed *followed;

	if (verdict != MATCHES && !packet_matches(layers, flow, flags))
		return false;
	if (!config.follow)
		return true;
	followed = find_life(skb);
	if (!followed) {
		*life = begin_life(skb, layers, flow, flags);
		return true;
	}
	*life = followed->id;
	return !(followed->state & LIFE_OVER);
}

static __always_inline void *skb_of_function(void *ctx, __u64 cookie)
{
	void *pointer = argument(ctx, skb_position(cookie));

	return is_skb_pointer(cookie) ? pointed_to(pointer) : pointer;
}

static __always_inline void *socket_of_function(void *ctx, __u64 cookie)
{
	__u32 position = NT_COOKIE_SOCK(cookie);

	return position ? argument(ctx, position - 1) : NULL;
}

static __always_inline void *socket_of_tracepoint(void *ctx, __u64 cookie)
{
	__u32 position = NT_COOKIE_SOCK(cookie);

	return position ? tracepoint_argument(ctx, position - 1) : NULL;
}

/* A struct flowi4 or flowi6, by which the transport header will be written; only copies that know
 * their cookie ask for it. */
static __always_inline void *flow_of_function(void *ctx, __u64 cookie)
{
	__u32 position = NT_COOKIE_FLOW(cookie);

	if (!is_any() && !(shape() & NT_SHAPE_COOKIE))
		return NULL;
	return position ? argument(ctx, position - 1) : NULL;
}

SEC("kprobe")
int function(struct pt_regs *ctx)
{
	bool is_session = shape() & NT_SHAPE_SESSION;
	__u64 cookie = 0, call;
	void *skb;

	if (is_session && session_is_return(ctx)) {
		emit_return(*session_cookie(ctx), returned_value(ctx));
		return 0;
	}
	if (is_any())
		cookie = cookie_of(ctx);
#define COOKIE (is_any() ? cookie : cookie_of(ctx))
	skb = skb_of_function(ctx, cookie);
	call = HIT(ctx, skb, COOKIE, socket_of_function(ctx, COOKIE), flow_of_function(ctx, COOKIE),
		   is_session ? CALL_BY_SESSION : CALL_BY_FRAME);
#undef COOKIE
	if (ends_skb(cookie))
		end_life((__u64)skb);
	return is_session ? end_of_entry(ctx, call) : 0;
}

/* A return probe or fexit, for the calls that `function` kept. */
SEC("kprobe")
int returned(struct pt_regs *ctx)
{
	__u64 call = take_call(ctx, NT_COOKIE_LEAF(cookie_of(ctx)));

	if (call)
		emit_return(call, returned_value(ctx));
	return 0;
}

SEC("raw_tracepoint")
int tracepoint(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 cookie = cookie_of(ctx);
	void *skb = tracepoint_argument(ctx, skb_position(cookie));

	HIT(ctx, skb, cookie, socket_of_tracepoint(ctx, cookie), NULL, NO_CALL);
	if (ends_skb(cookie))
		consume_life((__u64)skb);
	return 0;
}
