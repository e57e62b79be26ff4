// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::ElementsAre;

TEST(Split, KeepsEmptyPieces) {
  EXPECT_THAT(split("ip,icmp", ','), ElementsAre("ip", "icmp"));
  EXPECT_THAT(split(",a,,", ','), ElementsAre("", "a", "", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(LowerCase, ChangesAsciiLettersOnly) {
  EXPECT_EQ(lower_case("ICMPv6 \u00c4_9"), "icmpv6 \u00c4_9");
}

}  // namespace
}  // namespace nettrace
