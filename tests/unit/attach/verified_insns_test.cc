// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/verified_insns.h"

#include <gtest/gtest.h>

namespace nettrace {
namespace {

TEST(VerifierLog, SaysHowManyInstructionsWereWalked) {
  EXPECT_EQ(verified_insns("verification time 1534 usec\nstack depth 272+0+16\n"
                           "processed 4321 insns (limit 1000000) max_states_per_insn 2 "
                           "total_states 170 peak_states 170 mark_read 23\n"),
            4321U);
}

TEST(VerifierLog, MaySayNothing) {
  EXPECT_EQ(verified_insns(""), 0U);
  EXPECT_EQ(verified_insns("processed "), 0U);
}

}  // namespace
}  // namespace nettrace
