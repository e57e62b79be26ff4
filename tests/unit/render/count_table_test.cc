// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of --count-only.
#include "render/count_table.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace nettrace {
namespace {

class CountTableTest : public ::testing::Test {
 protected:
  CountTableTest() {
    auto parsed = parse_tracer_tree(
        R"({"name": "all", "children": [{"name": "ip", "visual": true, "children": ["b", "a", "c", "d"]}]})",
        "t.json");
    if (parsed) tree = std::move(*parsed);
  }

  CountTable table(const std::vector<uint64_t>& hits) const {
    return make_count_table(tree, hits, 12'000'000'345, 1'500'000'000);
  }

  TracerTree tree;
};

TEST_F(CountTableTest, HasTheMostHitsFirstAndNoneThatWasNotHit) {
  TimeColumn time;
  std::string out;
  append_text(table({7, 7, 0, 1000}), SIZE_MAX, time, out);
  EXPECT_EQ(out,
            "12.000000: 1014 hits of 3 functions in 1.500 s\n"
            "          1000  d                                ip\n"
            "             7  a                                ip\n"
            "             7  b                                ip\n");
}

TEST_F(CountTableTest, CountsWhatATerminalHasNoLinesFor) {
  TimeColumn time;
  std::string out;
  append_text(table({7, 7, 9, 1000}), 3, time, out);
  EXPECT_EQ(out,
            "12.000000: 1023 hits of 4 functions in 1.500 s\n"
            "          1000  d                                ip\n"
            "… 3 more\n");
  out.clear();
  append_text(table({7, 7, 9, 1000}), 5, time, out);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 5);
  EXPECT_EQ(out.find("more"), std::string::npos);
}

TEST_F(CountTableTest, OfNothingIsOneLine) {
  TimeColumn time;
  std::string out;
  append_text(table({0, 0, 0, 0}), SIZE_MAX, time, out);
  EXPECT_EQ(out, "12.000000: 0 hits of 0 functions in 1.500 s\n");
}

TEST_F(CountTableTest, IsAnObjectInJson) {
  std::string out;
  append_json(table({0, 1, 0, 0}), out);
  EXPECT_EQ(out, R"({"type":"counts","time":12.000000345,"duration":1.500000000,"hits":1,)"
                 R"("functions":[{"function":"a","module":"ip","hits":1}]})"
                 "\n");
}

TEST_F(CountTableTest, CountersOfUnknownLeavesAreLeftOut) {
  EXPECT_EQ(table({1, 1, 1, 1, 9}).hits(), 4u);
}

}  // namespace
}  // namespace nettrace
