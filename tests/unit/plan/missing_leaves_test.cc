// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said of leaves that the kernel lacks.
#include "plan/missing_leaves.h"

#include <gmock/gmock.h>

#include "support/attach_plan_fixture.h"

namespace nettrace {
namespace {

using test::function_with_skb;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MissingLeavesTest : public test::AttachPlanTest {};

TEST_F(MissingLeavesTest, AMissingLeafNamesItsTraceableSuccessor) {
  facts.functions["c"] = function_with_skb({0});
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "c"}, "c")");
  plan_for({"a"});
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].instead, "c");
}

TEST_F(MissingLeavesTest, ASuccessorThatCannotBeTracedIsNotNamed) {
  facts.functions["b"] = function_with_skb({});
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "a"})");
  plan_for({"a"});
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].instead, "");
}

TEST_F(MissingLeavesTest, NothingMissingIsNothingToSay) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a")");
  plan_for({"a"});
  EXPECT_THAT(describe_missing(tree, selection, plan, false), IsEmpty());
  EXPECT_THAT(describe_missing(tree, selection, plan, true), IsEmpty());
}

TEST_F(MissingLeavesTest, MissingLeavesOfAGroupAreCountedAndListedWhenVerbose) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a", {"name": "b", "instead": "a"}, "c")");
  plan_for();
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("2 of 3 functions are not in this kernel or a loaded module (-v lists them)"));
  EXPECT_THAT(describe_missing(tree, selection, plan, true),
              ElementsAre("2 of 3 functions are not in this kernel or a loaded module",
                          "b is not in this kernel or a loaded module: use a",
                          "c is not in this kernel or a loaded module"));
}

TEST_F(MissingLeavesTest, OneMissingLeafIsCountedInTheSingular) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a", "b")");
  plan_for();
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("1 of 2 functions is not in this kernel or a loaded module (-v lists them)"));
}

TEST_F(MissingLeavesTest, FunctionsThatAreThereButUnreadableAreCountedHonestly) {
  facts.functions["a"] = function_with_skb({0});
  facts.functions["b"] = function_with_skb({});
  load(R"("a", "b", "c")");
  plan_for();
  EXPECT_THAT(describe_missing(tree, selection, plan, false),
              ElementsAre("2 of 3 functions cannot be traced in this kernel (-v lists them)"));
}

TEST_F(MissingLeavesTest, ANamedMissingLeafAlwaysGetsItsLine) {
  facts.functions["__dev_queue_xmit"] = function_with_skb({0});
  load(R"({"name": "dev_queue_xmit", "instead": "__dev_queue_xmit"}, "__dev_queue_xmit", "gone")");
  plan_for({"dev_queue_xmit"});
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("dev_queue_xmit is not in this kernel or a loaded module: use __dev_queue_xmit"));
  plan_for({"all", "dev_queue_xmit"});
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("2 of 3 functions are not in this kernel or a loaded module (-v lists them)",
                  "dev_queue_xmit is not in this kernel or a loaded module: use __dev_queue_xmit"));
}

}  // namespace
}  // namespace nettrace
