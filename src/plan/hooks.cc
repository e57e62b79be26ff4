// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every way to copy an skb passes one of the first four rows, every end of one the next two or the
// tracepoint, on the kernels from 5.10 to 7.x (net/core/skbuff.c, net/core/gro.c,
// net/ipv4/ip_output.c, net/ipv6/ip6_output.c, net/ipv4/inet_fragment.c).
#include "plan/hooks.h"

#include <iterator>
#include <string>

#include "plan/backend.h"

namespace nettrace {
namespace {

constexpr Hook hooks[] = {
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

bool leaf_ends(std::string_view symbol, Attachment::Kind kind, AttachPlan& plan) {
  for (Attachment& attachment : plan.attachments) {
    if (attachment.symbol != symbol || attachment.kind != kind) continue;
    attachment.ends = true;
    return true;
  }
  return false;
}

}  // namespace

std::span<const Hook> all_hooks() { return hooks; }

void add_hooks(const KernelFacts& facts, AttachPlan& plan) {
  for (const Hook& hook : hooks) {
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
    if (is_end && leaf_ends(hook.symbol, Attachment::Kind::function, plan)) continue;
    plan.hooks.push_back({.leaf = hook.work,
                          .symbol = std::string(hook.symbol),
                          .returns = hook.returns,
                          .is_hook = true});
  }
  if (leaf_ends(consume_tracepoint, Attachment::Kind::tracepoint, plan)) return;
  plan.hooks.push_back({.kind = Attachment::Kind::tracepoint,
                        .leaf = NT_HOOK_END,
                        .symbol = std::string(consume_tracepoint),
                        .is_hook = true});
}

}  // namespace nettrace
