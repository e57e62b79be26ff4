// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said of what was lost.
#include "event/losses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Losses, NoneIsSaidInOneWord) { EXPECT_EQ(describe({}), "0 lost"); }

TEST(Losses, EveryCauseIsCountedAndNamed) {
  EXPECT_EQ(describe({.ring_full = 5, .rest_full = 3, .missed = 2}, 1),
            "11 lost (5 events for want of room in the ring buffer, 3 returns, copies and ends of "
            "packets likewise, 2 skipped by the kernel, as they "
            "happened inside another one, 1 damaged)");
}

TEST(Losses, TheTableHasEveryMember) {
  Losses losses;
  uint64_t number = 1;
  for (const LossCause& cause : loss_causes()) losses.*cause.count = number++;
  EXPECT_EQ(losses, (Losses{.ring_full = 1,
                            .rest_full = 2,
                            .tracked_full = 3,
                            .calls_full = 4,
                            .steps_full = 5,
                            .missed = 6}));
  EXPECT_EQ(losses.total(), 21u);
}

TEST(LossWatch, TellsOnlyWhatIsNew) {
  LossWatch watch;
  EXPECT_EQ(watch.look({}), std::nullopt);
  EXPECT_THAT(*watch.look({.missed = 3}), HasSubstr("3 lost"));
  EXPECT_EQ(watch.look({.missed = 3}), std::nullopt);
  EXPECT_THAT(*watch.look({.missed = 4}), HasSubstr("4 lost"));
}

TEST(LossWatch, NamesTheOptionThatHelps) {
  LossWatch watch;
  EXPECT_THAT(*watch.look({.missed = 3}), Not(HasSubstr("--buffer-size")));
  EXPECT_THAT(*watch.look({.ring_full = 1, .missed = 3}), HasSubstr("--buffer-size"));
  EXPECT_THAT(*watch.look({.rest_full = 5}), HasSubstr("--buffer-size"));
}

}  // namespace
}  // namespace nettrace
