// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The lives of packets, from records made by hand. recorded_test.cc has real ones.
#include "view/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using End = Block::End;
using Kind = TrackingChange::Kind;

constexpr uint64_t ns_per_s = 1'000'000'000;

// What a block says: "A@5 B@7=1" for leaves A and B, at 5 and 7 ns, B returned 1.
struct LossReport {
  uint64_t tracking_id, skb;
  std::string lines;
  End end;
  size_t merges;
  bool lossy;
};

class TimelineTest : public testing::Test, public BlockConsumer {
 protected:
  TimelineTest() : leaves(3), types(3) {
    leaves[0].name = "A";
    leaves[1].name = "B";
    leaves[2].name = "clone";
    types[1].kind = ReturnType::Kind::number;
    types[2].kind = ReturnType::Kind::skb;
  }

  Timeline make(Timeline::Limits limits = {}, bool all_returns = false) {
    return Timeline(
        limits, {.leaves = &leaves, .return_types = &types, .all_returns = all_returns}, *this,
        [this](uint64_t tracking_id, uint64_t skb) { forgotten.emplace_back(tracking_id, skb); });
  }

  void block(const Block& block, std::string&) override {
    std::string lines;
    for (const Line& line : block.lines) {
      lines += (lines.empty() ? "" : " ") + line.leaf->name + "@" + std::to_string(line.time_ns);
      if (line.returned) lines += "=" + std::to_string(*line.returned);
    }
    told.push_back(
        {block.tracking_id, block.skb, lines, block.end, block.merges.size(), block.lossy});
  }

  void hit(Timeline& timeline, uint64_t tracking_id, uint64_t skb, uint32_t leaf, uint64_t time_ns,
           uint64_t call = 0, uint16_t flags = 0) {
    test::HitRecord record = test::record_of(ETH_P_IP, test::Ipv4{});
    record.hit.head.time_ns = time_ns;
    record.hit.tracking_id = tracking_id;
    record.hit.subject = skb;
    record.hit.leaf = leaf;
    record.hit.call = call;
    record.hit.flags = static_cast<uint8_t>(flags);
    timeline.add(test::event_of(record), out);
  }

  void change(Timeline& timeline, Kind kind, uint64_t tracking_id, uint64_t skb, uint64_t other = 0,
              uint64_t time_ns = 0) {
    timeline.add(TrackingChange{.kind = kind,
                                .time_ns = time_ns,
                                .tracking_id = tracking_id,
                                .skb = skb,
                                .other = other},
                 out);
  }

  std::vector<Leaf> leaves;
  std::vector<ReturnType> types;
  std::vector<LossReport> told;
  std::string out;
  std::vector<std::pair<uint64_t, uint64_t>> forgotten;
};

TEST_F(TimelineTest, ABlockIsPrintedWhenItsSkbEnds) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  hit(timeline, 7, 100, 1, 6);
  EXPECT_THAT(told, IsEmpty());
  change(timeline, Kind::ended, 7, 100);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].tracking_id, 7u);
  EXPECT_EQ(told[0].skb, 100u);
  EXPECT_EQ(told[0].lines, "A@5 B@6");
  EXPECT_EQ(told[0].end, End::complete);
}

TEST_F(TimelineTest, ACloneBelongsToItsParentAndOutlivesIt) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  change(timeline, Kind::joined, 7, 101, 100);
  change(timeline, Kind::ended, 7, 100);
  EXPECT_THAT(told, IsEmpty());
  hit(timeline, 7, 101, 1, 9);
  change(timeline, Kind::ended, 7, 101);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].skb, 100u);
  EXPECT_EQ(told[0].lines, "A@5 B@9");
}

TEST_F(TimelineTest, AnAddressThatIsUsedAgainIsAnotherPacket) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  change(timeline, Kind::ended, 7, 100);
  hit(timeline, 8, 100, 1, 6);
  change(timeline, Kind::ended, 8, 100);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].lines, "A@5");
  EXPECT_EQ(told[1].lines, "B@6");
}

TEST_F(TimelineTest, EventsStandByTime) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 6);
  hit(timeline, 7, 100, 1, 5);  // from another CPU, whose clock was read earlier
  change(timeline, Kind::ended, 7, 100);
  EXPECT_EQ(told.at(0).lines, "B@5 A@6");
}

TEST_F(TimelineTest, ATakenSkbEndsAndNamesItsTaker) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  change(timeline, Kind::merged, 7, 100, 200, 6);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].end, End::complete);
  EXPECT_EQ(told[0].merges, 1u);
}

TEST_F(TimelineTest, AReturnMayComeAfterTheEnd) {
  Timeline timeline = make({}, true);
  hit(timeline, 7, 100, 1, 5, 70);
  change(timeline, Kind::ended, 7, 100);
  EXPECT_THAT(told, IsEmpty());
  timeline.add(Return{.time_ns = 9, .call = 70, .value = 3}, out);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].lines, "B@5=3");
}

TEST_F(TimelineTest, NestedCallsGetTheirOwnValues) {
  Timeline timeline = make({}, true);
  hit(timeline, 7, 100, 1, 5, 70);
  hit(timeline, 7, 100, 1, 6, 71);
  timeline.add(Return{.time_ns = 8, .call = 71, .value = 1}, out);
  timeline.add(Return{.time_ns = 9, .call = 70, .value = 2}, out);
  timeline.add(Return{.time_ns = 9, .call = 99, .value = 4}, out);  // its hit was lost
  change(timeline, Kind::ended, 7, 100);
  EXPECT_EQ(told.at(0).lines, "B@5=2 B@6=1");
}

TEST_F(TimelineTest, OnlyNewCopiesAreShownUnlessAllReturnsAre) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 1, 5, 70);
  hit(timeline, 7, 100, 2, 6, 71);
  hit(timeline, 7, 100, 2, 7, 72);
  hit(timeline, 7, 100, 2, 8, 73);
  timeline.add(Return{.time_ns = 9, .call = 70, .value = 1}, out);
  timeline.add(Return{.time_ns = 9, .call = 71, .value = 101}, out);
  timeline.add(Return{.time_ns = 9, .call = 72, .value = 100}, out);  // the skb itself
  timeline.add(Return{.time_ns = 9, .call = 73, .value = 0}, out);    // no memory
  change(timeline, Kind::ended, 7, 100);
  EXPECT_EQ(told.at(0).lines, "B@5 clone@6=101 clone@7 clone@8");
}

TEST_F(TimelineTest, AKretprobeLeafStandsAtItsReturn) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 1, 5, 70, NT_AT_RETURN);
  hit(timeline, 7, 100, 0, 6);
  timeline.add(Return{.time_ns = 8, .call = 70, .value = 1}, out);
  change(timeline, Kind::ended, 7, 100);
  EXPECT_EQ(told.at(0).lines, "A@6 B@8");
}

TEST_F(TimelineTest, SilenceClosesALifeAndForgetsItsSkbs) {
  Timeline timeline = make({.silence_ns = 10 * ns_per_s});
  hit(timeline, 7, 100, 0, 1 * ns_per_s);
  hit(timeline, 8, 200, 0, 2 * ns_per_s);
  hit(timeline, 7, 100, 1, 5 * ns_per_s);
  timeline.pass_time(12 * ns_per_s, out);
  EXPECT_THAT(told, IsEmpty());
  timeline.pass_time(12 * ns_per_s + 1, out);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].tracking_id, 8u);
  EXPECT_EQ(told[0].end, End::silent);
  EXPECT_THAT(forgotten, ElementsAre(Pair(8, 200)));
}

TEST_F(TimelineTest, WhatIsOpenAtTheEndIsInterrupted) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  hit(timeline, 8, 200, 1, 6);
  timeline.finish(out);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].end, End::interrupted);
  EXPECT_EQ(told[1].end, End::interrupted);
  timeline.finish(out);
  EXPECT_EQ(told.size(), 2u);
}

TEST_F(TimelineTest, APacketThatHasGoneIsCompleteEvenIfAReturnIsMissing) {
  Timeline timeline = make({}, true);
  hit(timeline, 7, 100, 1, 5, 70);
  change(timeline, Kind::ended, 7, 100);
  timeline.finish(out);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].end, End::complete);
}

TEST_F(TimelineTest, MemoryIsBounded) {
  Timeline timeline = make({.bytes = 10'000});
  for (uint64_t i = 1; i <= 100; ++i) hit(timeline, i, 100 * i, 0, i);
  EXPECT_GT(told.size(), 70u);
  for (size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].tracking_id, i + 1);
    EXPECT_EQ(told[i].end, End::crowded_out);
  }
}

TEST_F(TimelineTest, OneLifeAloneIsBoundedToo) {
  Timeline timeline = make({.bytes = 10'000});
  for (uint64_t i = 1; i <= 100; ++i) hit(timeline, 7, 100, 0, i);
  for (uint64_t i = 1; i <= 1000; ++i) change(timeline, Kind::joined, 7, 100 + i, 100);
  EXPECT_GT(told.size(), 2u);
}

TEST_F(TimelineTest, ALifeOfWhichNothingIsShownIsNoBlock) {
  Timeline timeline = make();
  change(timeline, Kind::joined, 7, 101, 100);
  change(timeline, Kind::ended, 7, 100);
  change(timeline, Kind::ended, 7, 101);
  change(timeline, Kind::ended, 9, 300);
  timeline.finish(out);
  EXPECT_THAT(told, IsEmpty());
}

TEST_F(TimelineTest, AnSkbWhoseJoiningWasLostJoinsWhenItIsSeen) {
  Timeline timeline = make();
  hit(timeline, 7, 100, 0, 5);
  hit(timeline, 7, 101, 1, 6);
  change(timeline, Kind::ended, 7, 100);
  EXPECT_THAT(told, IsEmpty());
  change(timeline, Kind::ended, 7, 101);
  EXPECT_EQ(told.at(0).lines, "A@5 B@6");
}

// A life's number has the time of its begin above its lowest 20 bits.
TEST_F(TimelineTest, MarksThePacketsThatLivedWhileRecordsWereLost) {
  Timeline timeline = make();
  const auto life_of = [](uint64_t begin_ns) { return begin_ns << 20 | 7; };
  const auto tracked_skbs = [&](uint64_t begin_ns, uint64_t seen_ns, uint64_t end_ns) {
    hit(timeline, life_of(begin_ns), 0xa, 0, seen_ns);
    timeline.add(TrackingChange{.kind = Kind::ended,
                                .time_ns = end_ns,
                                .tracking_id = life_of(begin_ns),
                                .skb = 0xa,
                                .other = 0},
                 out);
  };
  timeline.lose(1000, 2000);
  tracked_skbs(100, 100, 900);     // gone before
  tracked_skbs(500, 500, 1500);    // over its begin
  tracked_skbs(1200, 1300, 1400);  // inside
  tracked_skbs(1900, 2500, 2600);  // its begin was lost
  tracked_skbs(2100, 2100, 2200);  // came after
  timeline.lose(2300, 2400);
  tracked_skbs(2250, 2250, 2500);
  std::vector<bool> lossy;
  for (const LossReport& one : told) lossy.push_back(one.lossy);
  EXPECT_THAT(lossy, ElementsAre(false, true, true, true, false, true));
}

TEST_F(TimelineTest, KnowsTheBeginThoughTheHighestBitsOfTheTimeAreLost) {
  Timeline timeline = make();
  const uint64_t begin_ns = (uint64_t{5} << 44) + 1000;
  timeline.lose(begin_ns + 10, begin_ns + 20);
  const uint64_t tracking_id = begin_ns << 20 | 7;
  hit(timeline, tracking_id, 0xa, 0, begin_ns + 30);
  timeline.add(TrackingChange{.kind = Kind::ended,
                              .time_ns = begin_ns + 40,
                              .tracking_id = tracking_id,
                              .skb = 0xa,
                              .other = 0},
               out);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].lossy);
}

}  // namespace
}  // namespace nettrace
