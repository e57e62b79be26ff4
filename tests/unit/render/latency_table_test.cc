// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of --latency --summary.
#include "render/latency_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nettrace {
namespace {

using testing::HasSubstr;

class LatencyTableTest : public testing::Test {
 protected:
  LatencyTableTest() : leaves(3) {
    leaves[0].name = "first";
    leaves[1].name = "second";
    leaves[2].name = "third";
  }

  // A packet that passed the three at these times.
  void add(const std::vector<uint64_t>& times) {
    std::vector<Event> events(times.size());
    std::vector<Line> lines;
    for (size_t i = 0; i < times.size(); ++i) {
      events[i].leaf = static_cast<uint32_t>(i);
      lines.push_back({.event = &events[i], .leaf = &leaves[i], .time_ns = times[i]});
    }
    table.add(
        {.tracking_id = 1, .skb = 1, .lines = lines, .merges = {}, .end = Block::End::complete});
  }

  std::string text(size_t max_lines = SIZE_MAX) const {
    TimeColumn time;
    std::string out;
    append_text(table, max_lines, time, out);
    return out;
  }

  std::vector<Leaf> leaves;
  LatencyTable table;
};

TEST_F(LatencyTableTest, OfNothingIsOneLine) {
  EXPECT_EQ(text(), "0.000000: 0 packets in 0.000 s\n");
}

TEST_F(LatencyTableTest, HasTheSlowestStepsFirst) {
  add({1'000'000'000, 1'000'002'000, 1'020'002'000});
  add({2'000'000'000, 2'000'002'000, 2'000'102'000});
  EXPECT_EQ(text(),
            "2.000102: 2 packets in 1.000 s\n"
            "from                     to                            count      p50      p99      "
            "max  <1us       1ms       1s\n"
            "the first step           the last                          2    102us   20.0ms   "
            "20.0ms\n"
            "                                  64.0us .. 128us          1 "
            "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
            "                                   128us .. 256us          0\n"
            "                                   256us .. 512us          0\n"
            "                                  512us .. 1.02ms          0\n"
            "                                 1.02ms .. 2.05ms          0\n"
            "                                 2.05ms .. 4.10ms          0\n"
            "                                 4.10ms .. 8.19ms          0\n"
            "                                 8.19ms .. 16.4ms          0\n"
            "                                 16.4ms .. 32.8ms          1 "
            "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
            "second                   third                             2    102us   20.0ms   "
            "20.0ms         @       @\n"
            "first                    second                            2   2.00us   2.00us   "
            "2.00us    @\n");
}

TEST_F(LatencyTableTest, APacketOfOneStepTookNoTime) {
  add({5'000});
  EXPECT_EQ(table.total().count(), 1u);
  EXPECT_EQ(table.total().max_ns(), 0u);
  EXPECT_TRUE(table.pairs().empty());
}

TEST_F(LatencyTableTest, IsCutToATerminal) {
  add({1'000, 2'000, 3'000});
  for (const size_t lines : {2, 3, 4, 5}) {
    EXPECT_EQ(static_cast<size_t>(std::ranges::count(text(lines), '\n')), lines);
    EXPECT_THAT(text(lines), testing::EndsWith("\n… 2 more\n"));
  }
  EXPECT_EQ(text(6), text());
}

TEST_F(LatencyTableTest, HasNoMorePairsThanMemoryFor) {
  std::vector<Event> events(2);
  for (uint32_t leaf = 0; leaf < 5000; ++leaf) {
    events[1].leaf = leaf;
    const Line lines[] = {{.event = &events[0], .leaf = &leaves[0], .time_ns = 1},
                          {.event = &events[1], .leaf = &leaves[1], .time_ns = 2}};
    table.add(
        {.tracking_id = 1, .skb = 1, .lines = lines, .merges = {}, .end = Block::End::complete});
  }
  EXPECT_EQ(table.pairs().size(), 4096u);
  EXPECT_EQ(table.other_steps(), 5000u - 4096u);
  EXPECT_THAT(text(), HasSubstr("904 steps between other functions"));
}

TEST_F(LatencyTableTest, IsAnObjectInJson) {
  add({1'000'000'000, 1'000'002'000, 3'000'002'000});
  std::string out;
  append_json(table, out);
  const auto json = nlohmann::json::parse(out);
  EXPECT_EQ(json["type"], "latency");
  EXPECT_EQ(json["total"]["count"], 1);
  EXPECT_EQ(json["total"]["max"], 2'000'002.0);
  EXPECT_EQ(json["total"]["histogram"], nlohmann::json::parse(R"([{"below":null,"count":1}])"));
  EXPECT_EQ(json["steps"][0]["from"], "second");
  EXPECT_EQ(json["steps"][1]["histogram"][0]["below"], 4.0);
  EXPECT_EQ(json["other_steps"], 0);
}

}  // namespace
}  // namespace nettrace
