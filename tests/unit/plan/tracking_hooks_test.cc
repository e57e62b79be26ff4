// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is attached to follow packets, and what of it a leaf does besides.
#include "plan/tracking_hooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

Function function_with_skb() {
  Function function;
  function.in_btf = true;
  function.skb_index = 0;
  function.skb_indexes = {0};
  return function;
}

class HooksTest : public testing::Test {
 protected:
  HooksTest() {
    facts.features.kprobes = true;
    for (const TrackingHook& hook : all_tracking_hooks())
      facts.functions[std::string(hook.symbol)] = {};
  }

  AttachPlan plan(std::string_view leaves) {
    const auto tree = parse_tracer_tree(
        "{\"name\": \"all\", \"children\": [" + std::string(leaves) + "]}", "t.json");
    return make_plan(*tree, *select(*tree, {"all"}), facts, {.track_skbs = true});
  }

  static std::vector<std::string> symbols(const std::vector<Attachment>& attachments) {
    std::vector<std::string> all;
    for (const Attachment& attachment : attachments) all.push_back(attachment.target.name);
    return all;
  }

  KernelFacts facts;
};

TEST_F(HooksTest, AreAttachedWhateverIsSelected) {
  facts.functions["f"] = function_with_skb();
  const AttachPlan all = plan("\"f\"");
  EXPECT_EQ(all.hooks.size(), all_tracking_hooks().size() + 1);  // the tracepoint
  EXPECT_THAT(all.missing_hooks, IsEmpty());
  for (const Attachment& hook : all.hooks) EXPECT_TRUE(hook.is_hook);
}

TEST_F(HooksTest, ALeafWhereSkbsEndDoesTheHooksWork) {
  facts.functions["napi_skb_free_stolen_head"] = function_with_skb();
  facts.tracepoints["skb:consume_skb"] = {.skb_arg = 0, .sock_arg = {}, .fields = {}};
  const AttachPlan all = plan(R"("napi_skb_free_stolen_head",
      {"name": "consume_skb", "type": "tracepoint", "tp": "skb:consume_skb"})");
  EXPECT_THAT(symbols(all.hooks), Not(Contains("napi_skb_free_stolen_head")));
  EXPECT_THAT(symbols(all.hooks), Not(Contains("consume_skb")));
  ASSERT_EQ(all.attachments.size(), 2u);
  EXPECT_TRUE(all.attachments[0].ends);
  EXPECT_TRUE(all.attachments[1].ends);
}

TEST_F(HooksTest, WhatTheKernelLacksIsNamedWithWhatGoesUnseen) {
  facts.functions.erase("skb_gro_receive");
  facts.functions["ip_copy_metadata"].copies = 2;
  const AttachPlan all = plan("\"f\"");
  ASSERT_EQ(all.missing_hooks.size(), 2u);
  EXPECT_EQ(all.missing_hooks[0].symbol, "ip_copy_metadata");
  EXPECT_EQ(all.missing_hooks[1].symbol, "skb_gro_receive");
  EXPECT_EQ(all.missing_hooks[1].purpose, "packets that GRO merged");
}

TEST_F(HooksTest, WithoutAnyWayToFunctionsOnlyTheTracepointIsLeft) {
  facts.features.kprobes = false;
  const AttachPlan all = plan("\"f\"");
  EXPECT_THAT(symbols(all.hooks), ElementsAre("consume_skb"));
  ASSERT_EQ(all.missing_hooks.size(), all_tracking_hooks().size());
  EXPECT_EQ(all.missing_hooks[0].reason, "nothing here probes the function");
}

TEST_F(HooksTest, MergesWorkAtTheirReturn) {
  const AttachPlan all = plan("\"f\"");
  for (const Attachment& hook : all.hooks) {
    const bool merges =
        is_function(hook.target) && (hook.leaf == NT_HOOK_GRO || hook.leaf == NT_HOOK_REASSEMBLE);
    EXPECT_EQ(hook.returns, merges) << hook.target.name;
  }
}

}  // namespace
}  // namespace nettrace
