// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which backend serves which kernel.
#include "plan/backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr size_t many = 150;

Features kernel_5_10() {
  Features features;
  features.kprobes = features.fentry = true;
  return features;
}

Features kernel_6_1() {
  Features features = kernel_5_10();
  features.cookies = true;
  return features;
}

Features kernel_6_12() {
  Features features = kernel_6_1();
  features.kprobe_multi = true;
  return features;
}

Features kernel_7() {
  Features features = kernel_6_12();
  features.fentry_multi = true;
  return features;
}

std::vector<Backend> chosen(const Features& features, size_t functions) {
  return choose_backends(features, std::nullopt, functions)->order;
}

TEST(Backend, EachKernelHasItsCheapest) {
  EXPECT_THAT(chosen(kernel_5_10(), many), ElementsAre(Backend::fentry, Backend::kprobe));
  EXPECT_THAT(chosen(kernel_6_1(), many), ElementsAre(Backend::kprobe));
  EXPECT_THAT(chosen(kernel_6_12(), many), ElementsAre(Backend::kprobe_multi, Backend::kprobe));
  EXPECT_THAT(chosen(kernel_7(), many),
              ElementsAre(Backend::fentry_multi, Backend::kprobe_multi, Backend::kprobe));
}

TEST(Backend, FewFunctionsTakeFentryWhereManyWouldDetachTooSlowly) {
  EXPECT_THAT(chosen(kernel_6_1(), 2), ElementsAre(Backend::fentry, Backend::kprobe));
  EXPECT_THAT(chosen(kernel_6_12(), 1),
              ElementsAre(Backend::fentry, Backend::kprobe_multi, Backend::kprobe));
  EXPECT_THAT(chosen(kernel_6_12(), 3), ElementsAre(Backend::kprobe_multi, Backend::kprobe));
}

TEST(Backend, WhatAKernelOffersIsSaidAndWhatCannotBeTried) {
  EXPECT_EQ(offered_words(kernel_7()), "fentry-multi, fentry, kprobe-multi, kprobe");
  EXPECT_EQ(offered_words(kernel_5_10()), "fentry, kprobe");
  EXPECT_EQ(offered_words({}), "none");
  Features not_root = kernel_6_1();
  not_root.probing_denied = true;
  EXPECT_EQ(offered_words(not_root),
            "fentry, kprobe (fentry-multi and kprobe-multi cannot be tried without privileges)");
}

TEST(Backend, AKernelWithoutTrampolinesHasKprobes) {
  Features features;
  features.kprobes = true;
  EXPECT_THAT(chosen(features, 1), ElementsAre(Backend::kprobe));
}

TEST(Backend, WithoutKprobesFentryDoesAll) {
  Features features = kernel_6_1();
  features.kprobes = false;
  EXPECT_THAT(chosen(features, many), ElementsAre(Backend::fentry));
  EXPECT_TRUE(attaches_functions(features));
  EXPECT_TRUE(attaches_by_btf_alone(features));
  features.kprobe_multi = true;
  EXPECT_THAT(chosen(features, many), ElementsAre(Backend::kprobe_multi));
  EXPECT_FALSE(attaches_by_btf_alone(features));
}

TEST(Backend, WithoutAnyNoneIsTried) {
  EXPECT_THAT(chosen({}, 0), testing::IsEmpty());
  EXPECT_FALSE(attaches_functions({}));
}

TEST(Backend, AForcedOneStandsAlone) {
  const auto choice = choose_backends(kernel_7(), Backend::kprobe, many);
  ASSERT_TRUE(choice);
  EXPECT_THAT(choice->order, ElementsAre(Backend::kprobe));
}

TEST(Backend, WhatTheKernelLacksCannotBeForced) {
  const auto choice = choose_backends(kernel_5_10(), Backend::kprobe_multi, many);
  ASSERT_FALSE(choice);
  EXPECT_EQ(choice.error().failure, Failure::cannot_trace);
  EXPECT_THAT(choice.error().what, HasSubstr("kprobe-multi"));
  EXPECT_THAT(choice.error().remedy, HasSubstr("fentry, kprobe"));
}

TEST(Backend, EveryChoiceSaysWhy) {
  for (const Features& features : {kernel_5_10(), kernel_6_1(), kernel_6_12(), kernel_7()}) {
    EXPECT_NE(choose_backends(features, std::nullopt, many)->why, "");
    EXPECT_NE(choose_backends(features, std::nullopt, 1)->why, "");
  }
}

}  // namespace
}  // namespace nettrace
