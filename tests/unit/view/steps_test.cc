// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Times between the steps of packets.
#include "view/steps.h"

#include <gtest/gtest.h>

namespace nettrace {
namespace {

TEST(Steps, AreOfEachLifeByItself) {
  Steps steps;
  EXPECT_EQ(steps.take(1, 100), std::nullopt);
  EXPECT_EQ(steps.take(2, 130), std::nullopt);
  EXPECT_EQ(steps.take(1, 150), 50);
  EXPECT_EQ(steps.take(2, 131), 1);
  EXPECT_EQ(steps.take(1, 150), 0);
}

TEST(Steps, OutOfOrderAreNegative) {
  Steps steps;
  EXPECT_EQ(steps.take(1, 100), std::nullopt);
  EXPECT_EQ(steps.take(1, 90), -10);
}

TEST(Steps, TheOldestLifeIsForgotten) {
  Steps steps;
  for (uint64_t tracking_id = 1; tracking_id <= 65537; ++tracking_id)
    EXPECT_EQ(steps.take(tracking_id, tracking_id), std::nullopt);
  EXPECT_EQ(steps.take(2, 10), 8);
  EXPECT_EQ(steps.take(1, 10), std::nullopt);
}

}  // namespace
}  // namespace nettrace
