// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/start_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/clock.h"

namespace nettrace {
namespace {

using testing::ElementsAre;

TEST(StartTimes, RowsAddUpToTheTotal) {
  StartTimes times(1000 * ns_per_ms);
  times.add("BTF", 41'260'000);
  times.add("plan", 2 * ns_per_ms);
  EXPECT_THAT(times.lines(1050 * ns_per_ms),
              ElementsAre("the start took, in ms:", "      41.3  BTF", "       2.0  plan",
                          "       6.7  other", "      50.0  total"));
}

TEST(StartTimes, WhatIsDoneTwiceIsOneRow) {
  StartTimes times(0);
  times.add("BTF", ns_per_ms);
  times.add("plan", ns_per_ms);
  times.add("BTF", ns_per_ms);
  EXPECT_THAT(times.lines(3 * ns_per_ms),
              ElementsAre("the start took, in ms:", "       2.0  BTF", "       1.0  plan",
                          "       0.0  other", "       3.0  total"));
}

TEST(StartTimes, AScopeWithinAnotherIsNotCountedTwice) {
  {
    const Timed outer("outer");
    const uint64_t begin = monotonic_ns();
    const Timed inner("inner");
    while (monotonic_ns() - begin < 3 * ns_per_ms) {
    }
  }
  double of_outer = -1;
  double of_inner = -1;
  for (const std::string& line : start_times().lines(monotonic_ns())) {
    if (line.ends_with("  outer")) of_outer = std::stod(line);
    if (line.ends_with("  inner")) of_inner = std::stod(line);
  }
  EXPECT_GE(of_outer, 0);
  EXPECT_GE(of_inner, 3);
  EXPECT_LT(of_outer, of_inner);
}

}  // namespace
}  // namespace nettrace
