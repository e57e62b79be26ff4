// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said of attachments that the kernel refused.
#include "plan/failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "base/kernel_errno.h"

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TracerTree tree() {
  auto parsed = parse_tracer_tree(R"({"name": "all", "children": ["a", "b", "c"]})", "t.json");
  return std::move(*parsed);
}

AttachFailure leaf(uint32_t number, const char* symbol, int error = EINVAL) {
  return {.is_hook = false, .leaf = number, .symbol = symbol, .error = error, .way = "kprobe"};
}

const Selection all_by_group{.leaves = {0, 1, 2}, .named = {}};
const Selection c_by_name{.leaves = {0, 1, 2}, .named = {2}};

TEST(Refusals, NoneAreNotSpokenOf) {
  EXPECT_THAT(describe_failures(tree(), all_by_group, {}, 3, true), IsEmpty());
}

TEST(Refusals, AreCountedAndListedOnRequest) {
  const std::vector<AttachFailure> failures = {leaf(0, "a"), leaf(1, "b.isra.0", errno_notsupp)};
  EXPECT_THAT(describe_failures(tree(), all_by_group, failures, 1, false),
              ElementsAre("2 of 3 probes were refused by the kernel (-v lists them)"));
  EXPECT_THAT(describe_failures(tree(), all_by_group, failures, 1, true),
              ElementsAre("2 of 3 probes were refused by the kernel",
                          "a is refused by the kernel: Invalid argument",
                          "b is refused by the kernel as b.isra.0: Not supported (ENOTSUPP)"));
}

TEST(Refusals, AUserWhoNamesALeafLearnsOfIt) {
  EXPECT_THAT(describe_failures(tree(), c_by_name, {leaf(2, "c")}, 2, false),
              ElementsAre("c is refused by the kernel: Invalid argument"));
  EXPECT_THAT(describe_failures(tree(), c_by_name, {leaf(0, "a"), leaf(2, "c")}, 1, false),
              ElementsAre("2 of 3 probes were refused by the kernel (-v lists them)",
                          "c is refused by the kernel: Invalid argument"));
}

TEST(Refusals, HooksAreNoLeaves) {
  const AttachFailure hook{
      .is_hook = true, .leaf = 0, .symbol = "skb_clone", .error = EINVAL, .way = ""};
  EXPECT_THAT(describe_failures(tree(), all_by_group, {hook}, 3, true), IsEmpty());
}

TEST(Refusals, WhatAnotherBackendTookOverIsGroupedByReason) {
  std::vector<AttachFailure> fell_back = {leaf(0, "a", errno_notsupp)};
  for (int i = 0; i < 10; ++i) fell_back.push_back(leaf(1, "b"));
  EXPECT_THAT(describe_fallbacks(fell_back),
              ElementsAre("not by kprobe (Invalid argument): b, b, b, b, b, b, b, b and 2 more",
                          "not by kprobe (Not supported (ENOTSUPP)): a"));
}

}  // namespace
}  // namespace nettrace
