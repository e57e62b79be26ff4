// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/verifier_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view log =
    "0: (79) r1 = *(u64 *)(r1 +112)\n"
    "1: (61) r0 = *(u32 *)(r1 +4)\n"
    "R1 invalid mem access 'inv'\n"
    "processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0\n";

TEST(VerifierLog, TheReasonIsTheLastLineThatIsNoStatistic) {
  EXPECT_EQ(refusal_reason(log), "R1 invalid mem access 'inv'");
  EXPECT_EQ(refusal_reason("BPF program is too large. Processed 1000001 insn\n"
                           "verification time 851 usec\nstack depth 0\nprocessed 1000001 insns\n"),
            "BPF program is too large. Processed 1000001 insn");
}

TEST(VerifierLog, AnEmptyLogHasNoReason) {
  EXPECT_EQ(refusal_reason(""), "");
  EXPECT_EQ(refusal_reason("\n\n"), "");
  EXPECT_EQ(refusal_reason("processed 2 insns\n"), "");
  EXPECT_THAT(log_tail("", 5), IsEmpty());
}

TEST(VerifierLog, TheTailIsBounded) {
  EXPECT_THAT(log_tail(log, 2), ElementsAre("R1 invalid mem access 'inv'",
                                            "processed 2 insns (limit 1000000) max_states_per_insn "
                                            "0 total_states 0"));
  EXPECT_EQ(log_tail(log, 100).size(), 4);
  EXPECT_EQ(log_tail(std::string(5000, 'x'), 1)[0].size(), 300);
}

TEST(VerifierLog, WhatIsNotTextIsNotPrinted) { EXPECT_EQ(refusal_reason("a\x1b[31m"), "a?[31m"); }

}  // namespace
}  // namespace nettrace
