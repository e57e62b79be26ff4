// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/number_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

TEST(AppendNumber, WritesEveryLength) {
  for (const uint64_t number : {0ULL, 9ULL, 10ULL, 99ULL, 100ULL, 999ULL, 1000ULL, 9999ULL,
                                10000ULL, 65535ULL, 123456789ULL, 18446744073709551615ULL}) {
    std::string out = "x";
    append_number(number, out);
    EXPECT_EQ(out, "x" + std::to_string(number));
  }
}

TEST(AppendNumber, FillsWithZerosAndCutsNothing) {
  std::string out;
  append_number(7, 3, out);
  append_number(1234, 3, out);
  append_number(0, 0, out);
  EXPECT_EQ(out, "00712340");
}

TEST(AppendHex, WritesEveryLength) {
  std::string out;
  for (const uint64_t number : {uint64_t{0}, uint64_t{0xf}, uint64_t{0x10}, uint64_t{0xabcdef},
                                uint64_t{0xffff8887b6260800}}) {
    append_hex(number, out);
    out += ' ';
  }
  EXPECT_EQ(out, "0 f 10 abcdef ffff8887b6260800 ");
}

}  // namespace
}  // namespace nettrace
