// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every way to copy an skb passes one of the first four rows, every end of one the next two or the
// tracepoint, on the kernels from 5.10 to 7.x (net/core/skbuff.c, net/core/gro.c,
// net/ipv4/ip_output.c, net/ipv6/ip6_output.c, net/ipv4/inet_fragment.c).
#include "plan/tracking_hooks.h"

#include <iterator>
#include <string>

#include "plan/backend.h"

namespace nettrace {
namespace {

constexpr TrackingHook hooks[] = {
    {"__copy_skb_header", NT_HOOK_COPY, "copies of packets"},
    {"ip_copy_metadata", NT_HOOK_COPY, "fragments of packets"},
    {"ip6_copy_metadata", NT_HOOK_COPY, "fragments of IPv6 packets"},
    {"skb_split", NT_HOOK_SPLIT, "parts of TCP segments"},
    {"skb_release_head_state", NT_HOOK_END, "the end of packets"},
    {"napi_skb_free_stolen_head", NT_HOOK_END, "the end of packets that GRO merged"},
    {"__consume_stateless_skb", NT_HOOK_STATELESS, "the end of UDP packets"},
    {"skb_try_coalesce", NT_HOOK_COALESCE, "packets that another one took"},
    {"kfree_skb_partial", NT_HOOK_COALESCED, "packets that another one took"},
    {"skb_gro_receive", NT_HOOK_GRO, "packets that GRO merged", true},
    {"skb_gro_receive_list", NT_HOOK_GRO, "packets that GRO merged", true},
    {"inet_frag_reasm_finish", NT_HOOK_REASSEMBLE, "fragments that were put together", true},
};
constexpr std::string_view consume_tracepoint = "consume_skb";

bool leaf_ends(std::string_view name, bool is_function_end, AttachPlan& plan) {
  for (Attachment& attachment : plan.attachments) {
    const Target& target = attachment.target;
    if (target.name != name || is_function(target) != is_function_end) continue;
    attachment.ends = true;
    return true;
  }
  return false;
}

}  // namespace

std::span<const TrackingHook> all_tracking_hooks() { return hooks; }

void add_hooks(const KernelFacts& facts, AttachPlan& plan) {
  for (const TrackingHook& hook : hooks) {
    const auto function = facts.functions.find(hook.symbol);
    if (function == facts.functions.end() || function->second.copies > 1) {
      plan.missing_hooks.push_back({hook.symbol, hook.purpose, "this kernel has no function"});
      continue;
    }
    if (!attaches_functions(facts.features)) {
      plan.missing_hooks.push_back({hook.symbol, hook.purpose, "nothing here probes the function"});
      continue;
    }
    const bool is_end = hook.work == NT_HOOK_END;
    if (is_end && leaf_ends(hook.symbol, true, plan)) continue;
    plan.hooks.push_back({.target = function_target(function->first, function->second),
                          .leaf = hook.work,
                          .returns = hook.returns,
                          .is_hook = true});
  }
  if (leaf_ends(consume_tracepoint, false, plan)) return;
  plan.hooks.push_back(
      {.target = {.kind = Target::Kind::tracepoint, .name = std::string(consume_tracepoint)},
       .leaf = NT_HOOK_END,
       .is_hook = true});
}

}  // namespace nettrace
