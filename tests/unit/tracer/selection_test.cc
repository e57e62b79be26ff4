// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tracer/tree.h"

namespace nettrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const TracerTree& tree() {
  static const auto parsed = parse_tracer_tree(R"(
      {"name": "all", "children": [
        {"name": "link", "children": ["eth_type_trans"]},
        {"name": "netfilter", "children": [
          {"name": "netfilter", "hidden": true, "children": ["nf_hook_slow"]},
          {"name": "nat", "children": ["nf_nat_inet_fn"]}]},
        {"name": "ip", "children": ["ip_rcv", "ip_rcv_core"]}]})",
                                               "t.json");
  return *parsed;
}

std::vector<std::string> selected(const std::vector<std::string>& names) {
  const auto selection = select(tree(), names);
  if (!selection) return {selection.error().what};
  std::vector<std::string> result;
  for (const size_t leaf : selection->leaves) result.push_back(tree().leaves[leaf].name);
  return result;
}

TEST(Selection, AllIsEveryLeafHiddenOnesToo) {
  EXPECT_THAT(selected({"all"}), ElementsAre("eth_type_trans", "nf_hook_slow", "nf_nat_inet_fn",
                                             "ip_rcv", "ip_rcv_core"));
}

TEST(Selection, AGroupIsTheLeavesBelowIt) {
  EXPECT_THAT(selected({"ip"}), ElementsAre("ip_rcv", "ip_rcv_core"));
}

TEST(Selection, OfTwoGroupsOfTheSameNameTheOuterOneIsMeant) {
  EXPECT_THAT(selected({"netfilter"}), ElementsAre("nf_hook_slow", "nf_nat_inet_fn"));
}

TEST(Selection, IsInTheFilesOrderEachLeafOnce) {
  EXPECT_THAT(selected({"ip_rcv_core", "nat", "ip", "ip_rcv_core"}),
              ElementsAre("nf_nat_inet_fn", "ip_rcv", "ip_rcv_core"));
}

TEST(Selection, KnowsWhichLeavesWereNamedOneByOne) {
  const auto selection = select(tree(), {"ip", "ip_rcv_core", "link"});
  ASSERT_TRUE(selection);
  EXPECT_THAT(selection->leaves, ElementsAre(0, 3, 4));
  EXPECT_THAT(selection->named, ElementsAre(4));
}

TEST(Selection, AnUnknownNameGetsTheNearestOnes) {
  const auto selection = select(tree(), {"ip", "ip_rvc"});
  ASSERT_FALSE(selection);
  EXPECT_EQ(selection.error().what, "unknown tracer 'ip_rvc'");
  EXPECT_EQ(selection.error().remedy, "did you mean ip_rcv? use -t '?' to see them");
  EXPECT_EQ(selection.error().failure, Failure::usage);
}

TEST(Selection, GroupsAreSuggestedToo) {
  const auto selection = select(tree(), {"netfliter"});
  ASSERT_FALSE(selection);
  EXPECT_THAT(selection.error().remedy, HasSubstr("did you mean netfilter?"));
}

TEST(Selection, ANameLikeNoOtherGetsTheWayToTheList) {
  const auto selection = select(tree(), {"qqqqqqqq"});
  ASSERT_FALSE(selection);
  EXPECT_EQ(selection.error().remedy, "use -t '?' to see them");
}

TEST(Selection, AnEmptyNameIsUnknown) {
  const auto selection = select(tree(), {""});
  ASSERT_FALSE(selection);
  EXPECT_EQ(selection.error().what, "unknown tracer ''");
}

TEST(Selection, GlobsTakeLeavesNotGroups) {
  EXPECT_THAT(selected({"ip*"}), ElementsAre("ip_rcv", "ip_rcv_core"));
  EXPECT_THAT(selected({"n*"}), ElementsAre("nf_hook_slow", "nf_nat_inet_fn"));
  EXPECT_THAT(selected({"ip_rc[vw]"}), ElementsAre("ip_rcv"));
  EXPECT_THAT(selected({"x*"}), ElementsAre("no function that handles packets matches 'x*'"));
}

TEST(Selection, ExclusionsHoldWhereverTheyStand) {
  EXPECT_THAT(selected({"!ip_rcv", "ip"}), ElementsAre("ip_rcv_core"));
  EXPECT_THAT(selected({"all", "!nat", "!ip*"}), ElementsAre("eth_type_trans", "nf_hook_slow"));
  EXPECT_THAT(selected({"all", "!qqqqqqqq"}), ElementsAre("unknown tracer 'qqqqqqqq'"));
  EXPECT_THAT(selected({"ip", "!ip"}), ElementsAre("-t excludes all that it names"));
}

TEST(Selection, WhatIsExcludedWasNotNamed) {
  const auto selection = select(tree(), {"ip_rcv", "link", "!ip_rcv"});
  ASSERT_TRUE(selection);
  EXPECT_THAT(selection->named, IsEmpty());
}

TEST(Selection, StacksOfSomeOfWhatIsTraced) {
  const auto selection = select(tree(), {"ip", "!ip_rcv_core"});
  ASSERT_TRUE(selection);
  const auto stacks = [&](const std::vector<std::string>& words) {
    const auto chosen = select_stacks(tree(), *selection, words);
    return chosen ? fmt::format("{}", std::count(chosen->begin(), chosen->end(), true))
                  : chosen.error().what;
  };
  EXPECT_EQ(stacks({"ip", "!ip_rcv_core"}), "1");
  EXPECT_EQ(stacks({"ip_*"}), "1");
  EXPECT_EQ(stacks({"*", "!ip_rcv"}), "0");
  EXPECT_EQ(stacks({"!ip_rcv_core", "link"}), "--stack-tracer names 'link', which is not traced");
  EXPECT_EQ(stacks({"nf_*"}), "--stack-tracer names 'nf_*', which is not traced");
}

TEST(Selection, NoNamesSelectNothing) { EXPECT_THAT(selected({}), IsEmpty()); }

}  // namespace
}  // namespace nettrace
