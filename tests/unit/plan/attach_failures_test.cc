// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said of attachments that the kernel refused.
#include "plan/attach_failures.h"

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

Attachment attachment(uint32_t leaf, const char* name) {
  return {.target = {.name = name}, .leaf = leaf};
}

const Attachment a = attachment(0, "a"), b = attachment(1, "b"), c = attachment(2, "c"),
                 part_of_b = attachment(1, "b.isra.0");

AttachFailure failed(const Attachment& attachment, int error = EINVAL) {
  return {.attachment = &attachment, .error = error, .way = "kprobe"};
}

const Selection all_by_group{.leaves = {0, 1, 2}, .named = {}};
const Selection c_by_name{.leaves = {0, 1, 2}, .named = {2}};

TEST(AttachFailures, NoneAreNotSpokenOf) {
  EXPECT_THAT(describe_failures(tree(), all_by_group, {}, 3, true), IsEmpty());
}

TEST(AttachFailures, AreCountedAndListedOnRequest) {
  const std::vector<AttachFailure> failures = {failed(a), failed(part_of_b, errno_notsupp)};
  EXPECT_THAT(describe_failures(tree(), all_by_group, failures, 1, false),
              ElementsAre("2 of 3 probes were refused by the kernel (-v lists them)"));
  EXPECT_THAT(describe_failures(tree(), all_by_group, failures, 1, true),
              ElementsAre("2 of 3 probes were refused by the kernel",
                          "a is refused by the kernel: Invalid argument",
                          "b is refused by the kernel as b.isra.0: Not supported (ENOTSUPP)"));
}

TEST(AttachFailures, AUserWhoNamesALeafLearnsOfIt) {
  EXPECT_THAT(describe_failures(tree(), c_by_name, {failed(c)}, 2, false),
              ElementsAre("c is refused by the kernel: Invalid argument"));
  EXPECT_THAT(describe_failures(tree(), c_by_name, {failed(a), failed(c)}, 1, false),
              ElementsAre("2 of 3 probes were refused by the kernel (-v lists them)",
                          "c is refused by the kernel: Invalid argument"));
}

TEST(AttachFailures, HooksAreNoLeaves) {
  const Attachment hook{.target = {.name = "skb_clone"}, .is_hook = true};
  EXPECT_THAT(describe_failures(tree(), all_by_group, {failed(hook)}, 3, true), IsEmpty());
}

TEST(AttachFailures, WhatAnotherBackendTookOverIsGroupedByReason) {
  std::vector<AttachFailure> fell_back = {failed(a, errno_notsupp)};
  for (int i = 0; i < 10; ++i) fell_back.push_back(failed(b));
  EXPECT_THAT(describe_fallbacks(fell_back),
              ElementsAre("not by kprobe (Invalid argument): b, b, b, b, b, b, b, b and 2 more",
                          "not by kprobe (Not supported (ENOTSUPP)): a"));
}

}  // namespace
}  // namespace nettrace
