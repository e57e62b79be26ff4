// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One program serves every function of the tree and every way to attach to it. A variant of its
 * image fixes the position of the skb among the arguments, or leaves it to the cookie
 * (NT_VARIANT_ANY); the cookie says which leaf was hit. */
#include "context.h"
#include "emit.h"
#include "match/expression.h"
#include "match/filter.h"
#include "track/hooks.h"
#include "track/tracking.h"
#include "match/metadata.h"
#include "match/prefilter.h"
#include "packet/tunnel.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* With --skb-mode, a tracked skb is shown whatever it has become, and wherever it is. The one
 * constant is compared and not tested for bits, of which the verifier would leave some. */
static __always_inline enum verdict first_verdict(__u64 skb)
{
	__u8 look = config.precheck;

	if (!skb)
		return MISSES;
	if (look != NT_PRECHECK_NONE) {
		if (look != NT_PRECHECK_METADATA && find_tracked(skb))
			return TRACKED;
		if (look != NT_PRECHECK_TRACKED && !metadata_matches(KERNEL_OBJECT(sk_buff, skb)))
			return MISSES;
	}
	if (config.any_packet)
		return MATCHES;
	return config.inner ? UNDECIDED : prefilter(KERNEL_OBJECT(sk_buff, skb));
}

/* The record is of the packet as it is, which userspace looks into. */
static __always_inline bool inner_matches(struct layers *layers, const struct nt_flow *flow,
					  __u64 flags, __u64 zero)
{
	__u64 l2 = layers->l2, l3 = layers->l3, ethertype = layers->ethertype;
	bool matches;

	if (layers->has_l3 && !(flags & NT_HAS_FLOW))
		enter_tunnels(layers);
	matches = packet_matches(layers, flow, flags, zero);
	layers->l2 = l2;
	layers->l3 = l3;
	layers->ethertype = ethertype;
	return matches;
}

/* Whether to show this packet here; where packets are tracked, its skb is from now on. */
static __always_inline bool match_and_track(__u64 skb, enum verdict verdict, struct layers *layers,
					    const struct nt_flow *flow, __u16 flags,
					    __u64 *tracking_id, __u64 zero)
{
	struct nt_tracked_skb *tracked;
	__u64 state;

	if (!config.any_packet && verdict < MATCHES &&
	    !(config.inner ? inner_matches(layers, flow, flags, zero)
			   : packet_matches(layers, flow, flags, zero)))
		return false;
	if (!config.track_skbs)
		return true;
	tracked = find_tracked(skb);
	if (!tracked) {
		state = is_settling ? TRACKED_SUPPRESSED : 0;
		*tracking_id = begin_tracking(skb, layers, flow, flags, state);
		return !state;
	}
	/* Another packet may have the element as soon as it is deleted. */
	state = tracked->state;
	*tracking_id = tracked->id;
	if (state & TRACKED_SUPPRESSED)
		expire_suppressed(skb);
	return !(state & (TRACKED_MERGED | TRACKED_SUPPRESSED));
}

/* A variant for one position of the skb asks for the cookie when it needs it: after a match. */
static __always_inline __u64 load_cookie(void *ctx, __u64 cookie)
{
	return is_any() ? cookie : cookie_of(ctx);
}

/* The same, and the verifier does not track the bits of a cookie that is no constant. */
static __always_inline __u64 load_opaque_cookie(void *ctx, __u64 cookie, __u64 zero)
{
	cookie = load_cookie(ctx, cookie);
	if (!(variant() & NT_VARIANT_COOKIE))
		VERIFIER_FORGET(cookie, zero);
	return cookie;
}

static __always_inline __u64 skb_of_function(void *ctx, __u64 cookie)
{
	void *pointer = argument(ctx, skb_position(cookie));

	return (__u64)(is_skb_pointer(cookie) ? pointed_to(pointer) : pointer);
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

/* Only variants that know their cookie look for a flow. */
static __always_inline bool may_have_flow(void)
{
	return is_any() || variant() & NT_VARIANT_COOKIE;
}

/* A struct flowi4 or flowi6, by which the transport header will be written. */
static __always_inline void *flow_of_function(void *ctx, __u64 cookie)
{
	__u32 position = NT_COOKIE_FLOW(cookie);

	return position ? argument(ctx, position - 1) : NULL;
}

/* Where the headers cannot tell what the packet is, `planned` may, what the caller is about to
 * write into them, or else its socket. The packets of TCP's queues belong to none, but their
 * functions are called with it. Returns the record's flags. */
static __always_inline __u64 find_flow(void *ctx, __u64 address, __u64 cookie,
				       enum return_match way, struct layers *layers,
				       struct nt_flow *flow, __u64 zero)
{
	bool is_function = way != NO_RETURN;
	struct sk_buff *skb = KERNEL_OBJECT(sk_buff, address);
	__u64 flags, has_l3 = layers->has_l3;
	void *planned = NULL, *sk;

	/* The verifier does not learn of the number itself what it learns of its copy. */
	VERIFIER_FORGET(has_l3, zero);
	if (is_function && may_have_flow())
		planned = flow_of_function(ctx, load_opaque_cookie(ctx, cookie, zero));
	if (has_l3) {
		if (!planned)
			return 0;
		flags = read_planned_flow(planned, layers, flow);
		forget_flow(layers, flow, zero);
		return flags;
	}
	sk = READ(skb, sk);
	if (!sk && is_function)
		sk = socket_of_function(ctx, load_opaque_cookie(ctx, cookie, zero));
	else if (!sk)
		sk = socket_of_tracepoint(ctx, cookie);
	flags = read_flow(skb, KERNEL_OBJECT(sock, sk), layers, flow);
	VERIFIER_FORGET(flags, zero);
	if (config.track_skbs && !flags)
		flags = read_tracked_flow(address, layers, flow);
	forget_flow(layers, flow, zero);
	return flags;
}

/* What the headers of a packet say may still have to be written, though they are there. */
static __always_inline bool has_planned_flow(void *ctx, __u64 cookie, enum return_match way)
{
	return way != NO_RETURN && may_have_flow() &&
	       flow_of_function(ctx, load_cookie(ctx, cookie));
}

/* What locate() and find_flow() know of the packet; false: it is none that an expression could see.
 * `flow` is to live as long as the frame. */
static __always_inline bool make_frame(void *ctx, __u64 address, __u64 cookie,
				       struct nt_frame *frame, struct nt_flow *flow,
				       enum return_match way)
{
	struct sk_buff *skb = KERNEL_OBJECT(sk_buff, address);
	struct layers layers;
	__u64 flags;

	*frame = (struct nt_frame){};
	clear_flow(flow, opaque_zero);
	locate(skb, &layers, opaque_zero);
	flags = find_flow(ctx, address, cookie, way, &layers, flow, opaque_zero);
	if (flags & NT_HAS_FLOW) {
		frame_of_flow(&layers, flow, frame);
		return true;
	}
	if (!layers.has_l3)
		return false;
	if (config.inner)
		enter_tunnels(&layers);
	frame_of_skb(skb, layers.l2, layers.l3, layers.ethertype, frame);
	return true;
}

static __noinline bool frame_at_function(void *ctx, __u64 skb, __u64 cookie, struct nt_frame *frame,
					 struct nt_flow *flow)
{
	return make_frame(ctx, skb, cookie, frame, flow, RETURN_BY_FRAME);
}

static __noinline bool frame_at_tracepoint(void *ctx, __u64 skb, __u64 cookie,
					   struct nt_frame *frame, struct nt_flow *flow)
{
	return make_frame(ctx, skb, cookie, frame, flow, NO_RETURN);
}

/* In a function of its own, whose frame and ways end before look_closer() begins. */
static __always_inline __u64 matches_expression(void *ctx, __u64 skb, __u64 cookie,
						enum return_match way)
{
	bool has_to_look = config.inner || has_planned_flow(ctx, cookie, way);
	struct nt_flow flow __attribute__((aligned(8)));
	struct nt_view view;
	__u64 shown, quick = 0, quick_size = 0;

	if (!has_to_look)
		quick = fast_frame(KERNEL_OBJECT(sk_buff, skb), &view, &quick_size);
	if (!quick) {
		if (!(way == NO_RETURN ? frame_at_tracepoint(ctx, skb, cookie, &view.frame, &flow)
				       : frame_at_function(ctx, skb, cookie, &view.frame, &flow)))
			return 0;
	}
	shown = (__u64)&view;
	VERIFIER_FORGET_TYPE(shown);
	return expression(shown, quick, quick_size);
}

static __noinline __u64 function_matches_expression(void *ctx, __u64 skb, __u64 cookie)
{
	return matches_expression(ctx, skb, cookie, RETURN_BY_FRAME);
}

static __noinline __u64 tracepoint_matches_expression(void *ctx, __u64 skb, __u64 cookie)
{
	return matches_expression(ctx, skb, cookie, NO_RETURN);
}

/* What comes after the first verdict; its callers are functions of their own, so that the verifier
 * does not keep the ways to that verdict apart. The value is emit()'s. */
static __always_inline __u64 look_closer(void *ctx, __u64 skb, __u64 verdict, __u64 cookie,
					 enum return_match way)
{
	struct layers layers;
	struct nt_flow flow __attribute__((aligned(8)));
	__u64 tracing = is_tracing, flags, tracking_id = 0, zero = tracing - 1; /* as opaque_zero */
	struct hit hit;

	if (!tracing)
		return 0;
	/* The packet itself is of no interest any more. */
	if (config.count_only && !config.track_skbs && verdict == MATCHES) {
		count_hit(way == NO_RETURN ? cookie : load_cookie(ctx, cookie));
		return 0;
	}
	VERIFIER_FORGET(verdict, zero);
	clear_flow(&flow, zero);
	locate(KERNEL_OBJECT(sk_buff, skb), &layers, zero);
	flags = find_flow(ctx, skb, cookie, way, &layers, &flow, zero);
	VERIFIER_FORGET(flags, zero);
	if (!match_and_track(skb, verdict, &layers, &flow, flags, &tracking_id, zero))
		return 0;
	VERIFIER_FORGET(flags, zero);
	VERIFIER_FORGET(tracking_id, zero);
	if (way != NO_RETURN)
		cookie = load_cookie(ctx, cookie);
	if (config.count_only) {
		USE_ALL(layers);
		USE_ALL(flow);
		count_hit(cookie);
		return 0;
	}
	if (config.min_latency_ns && (!tracking_id || !is_late(tracking_id, number_of(skb), 0,
							       NT_HIT, NT_COOKIE_LEAF(cookie))))
		return 0;
	hit.ctx = ctx;
	hit.way = way;
	hit.cookie = cookie;
	hit.layers = &layers;
	hit.flow = &flow;
	hit.packet_flags = flags;
	return emit(&hit, skb, tracking_id);
}

static __noinline __u64 look_closer_at_function(void *ctx, __u64 skb, __u64 verdict, __u64 cookie)
{
	return look_closer(ctx, skb, verdict, cookie,
			   variant() & NT_VARIANT_SESSION ? RETURN_BY_SESSION : RETURN_BY_FRAME);
}

static __noinline __u64 look_closer_at_tracepoint(void *ctx, __u64 skb, __u64 verdict, __u64 cookie)
{
	return look_closer(ctx, skb, verdict, cookie, NO_RETURN);
}

static __noinline __u64 match_at_function(void *ctx, __u64 skb, __u64 verdict, __u64 cookie)
{
	if (verdict != TRACKED && !function_matches_expression(ctx, skb, cookie))
		return 0;
	return look_closer_at_function(ctx, skb, verdict, cookie);
}

static __noinline __u64 match_at_tracepoint(void *ctx, __u64 skb, __u64 verdict, __u64 cookie)
{
	if (verdict != TRACKED && !tracepoint_matches_expression(ctx, skb, cookie))
		return 0;
	return look_closer_at_tracepoint(ctx, skb, verdict, cookie);
}

SEC("kprobe")
int function(struct pt_regs *ctx)
{
	bool is_session = variant() & NT_VARIANT_SESSION;
	__u64 cookie = 0, call = 0, verdict, skb;

	if (is_session && session_is_return(ctx)) {
		emit_return(*session_cookie(ctx), returned_value(ctx));
		return 0;
	}
	if (is_any())
		cookie = cookie_of(ctx);
	skb = skb_of_function(ctx, cookie);
	verdict = first_verdict(skb);
	if (verdict != MISSES)
		call = config.expression ? match_at_function(ctx, skb, verdict, cookie)
					 : look_closer_at_function(ctx, skb, verdict, cookie);
	if (ends_skb(cookie))
		end_tracked(skb);
	return is_session ? end_of_entry(ctx, call) : 0;
}

/* A return probe or fexit, for the calls that `function` kept. */
SEC("kprobe")
int returned(struct pt_regs *ctx)
{
	__u64 call = pop_call(ctx, NT_COOKIE_LEAF(cookie_of(ctx)));

	if (call)
		emit_return(call, returned_value(ctx));
	return 0;
}

SEC("raw_tracepoint")
int tracepoint(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 cookie = cookie_of(ctx);
	__u64 skb = (__u64)tracepoint_argument(ctx, skb_position(cookie));
	__u64 verdict = first_verdict(skb);

	if (verdict != MISSES && config.expression)
		match_at_tracepoint(ctx, skb, verdict, cookie);
	else if (verdict != MISSES)
		look_closer_at_tracepoint(ctx, skb, verdict, cookie);
	if (ends_skb(cookie))
		consume_tracked(skb);
	return 0;
}
