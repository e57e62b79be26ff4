// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A tree, a kernel, and what is planned for them.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/attach_plan.h"

namespace nettrace::test {

inline Function function_with_skb(std::vector<uint8_t> skb_indexes) {
  Function function;
  function.in_btf = true;
  function.skb_indexes = std::move(skb_indexes);
  if (!function.skb_indexes.empty()) function.skb_index = function.skb_indexes.front();
  return function;
}

inline Function function_with_pointer(uint8_t skbp_index) {
  Function function;
  function.in_btf = true;
  function.skbp_index = skbp_index;
  return function;
}

// A tree with these leaves below its root, a kernel, and what is planned for a selection.
class AttachPlanTest : public ::testing::Test {
 protected:
  AttachPlanTest() { facts.features.kprobes = true; }

  void load(std::string_view leaves) {
    const auto json = fmt::format(R"({{"name": "all", "children": [{}]}})", leaves);
    auto parsed = parse_tracer_tree(json, "t.json");
    ASSERT_TRUE(parsed) << parsed.error().what;
    tree = std::move(*parsed);
  }

  void plan_for(const std::vector<std::string>& names = {"all"}) {
    auto selected = select(tree, names);
    ASSERT_TRUE(selected) << selected.error().what;
    selection = *selected;
    plan = make_plan(tree, selection, facts);
  }

  // Loads one leaf and plans it; its attachment is "SYMBOL:INDEX", with a '*' for a pointer.
  std::string only_attachment(std::string_view leaf) {
    load(leaf);
    plan_for();
    if (plan.attachments.empty()) return plan.missing.at(0).reason;
    EXPECT_EQ(plan.attachments.size(), 1U);
    const Attachment& only = plan.attachments[0];
    return fmt::format("{}:{}{}", only.target.name, only.skb_index,
                       only.skb_is_pointer_to_pointer ? "*" : "");
  }

  std::vector<std::string> symbols_of(std::string_view leaf) const {
    std::vector<std::string> symbols;
    for (const Attachment& attachment : plan.attachments) {
      if (tree.leaves[attachment.leaf].name == leaf) symbols.push_back(attachment.target.name);
    }
    return symbols;
  }

  TracerTree tree;
  KernelFacts facts;
  Selection selection;
  AttachPlan plan;
};

}  // namespace nettrace::test
