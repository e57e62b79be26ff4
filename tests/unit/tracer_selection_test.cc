// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tracer_tree.h"

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

TEST(Selection, NoNamesSelectNothing) { EXPECT_THAT(selected({}), IsEmpty()); }

}  // namespace
}  // namespace nettrace
