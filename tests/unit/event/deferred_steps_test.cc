// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What was known of a packet before it was slow becomes the records that it stands for.
#include "event/deferred_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using testing::ElementsAre;

class DeferredStepsTest : public testing::Test {
 protected:
  template <typename Struct>
  void give(const Struct& record) {
    deferred.take(std::as_bytes(std::span(&record, 1)), [&](std::span<const std::byte> bytes) {
      const auto decoded = decode(bytes);
      ASSERT_TRUE(decoded);
      if (const auto* event = std::get_if<Event>(&*decoded)) {
        told.push_back("leaf " + std::to_string(event->leaf) + " at " +
                       std::to_string(event->time_ns) + " on " + std::to_string(event->cpu));
      } else {
        const auto& change = std::get<TrackingChange>(*decoded);
        told.push_back("life of " + std::to_string(change.skb) + " at " +
                       std::to_string(change.time_ns));
      }
    });
  }

  static test::HitRecord hit(uint64_t tracking_id, uint64_t time_ns) {
    test::HitRecord record = test::record_of(ETH_P_IP, test::Ipv4{});
    record.hit.head.time_ns = time_ns;
    record.hit.head.cpu = 0;
    record.hit.tracking_id = tracking_id;
    record.hit.leaf = 99;
    return record;
  }

  static nt_deferred steps(uint64_t tracking_id, uint32_t count) {
    nt_deferred record{};
    record.head.kind = NT_DEFERRED;
    record.tracking_id = tracking_id;
    for (uint32_t i = 0; i < count; ++i) {
      if (record.next >= NT_MAX_DEFERRED) record.next = 1;
      record.steps[record.next] = {
          .time_ns = i, .skb = 7, .other = 0, .leaf = i, .kind = NT_HIT, .cpu = 1};
      ++record.next;
    }
    record.count = count;
    return record;
  }

  DeferredSteps deferred;
  std::vector<std::string> told;
};

TEST_F(DeferredStepsTest, ComeBeforeTheHitThatWasLate) {
  nt_deferred record = steps(5, 2);
  record.steps[1].kind = NT_JOIN;
  give(record);
  EXPECT_TRUE(told.empty());
  give(hit(4, 50));
  give(hit(5, 100));
  give(hit(5, 101));
  EXPECT_THAT(told, ElementsAre("leaf 99 at 50 on 0", "leaf 0 at 0 on 1", "life of 7 at 1",
                                "leaf 99 at 100 on 0", "leaf 99 at 101 on 0"));
}

TEST_F(DeferredStepsTest, OfTooManyTheFirstAndTheLastAreThere) {
  give(steps(5, 70));
  give(hit(5, 100));
  ASSERT_EQ(told.size(), 65u);
  EXPECT_EQ(told[0], "leaf 0 at 0 on 1");
  EXPECT_EQ(told[1], "leaf 7 at 7 on 1");
  EXPECT_EQ(told[63], "leaf 69 at 69 on 1");
}

TEST_F(DeferredStepsTest, TheLastSlotMayBeTheLastStep) {
  give(steps(5, 64 + 63));
  give(hit(5, 200));
  ASSERT_EQ(told.size(), 65u);
  EXPECT_EQ(told[1], "leaf 64 at 64 on 1");
  EXPECT_EQ(told[63], "leaf 126 at 126 on 1");
}

TEST_F(DeferredStepsTest, ToldByTwoCpusTheyComeOnce) {
  give(steps(5, 1));
  give(hit(5, 100));
  give(steps(5, 1));
  give(hit(5, 101));
  EXPECT_THAT(told, ElementsAre("leaf 0 at 0 on 1", "leaf 99 at 100 on 0", "leaf 99 at 101 on 0"));
}

// Else the packet would have an skb that never ends.
TEST_F(DeferredStepsTest, TheEndOfTheFirstSkbIsKnownWhateverCameAfterIt) {
  nt_deferred record = steps(5, 70);
  record.first_end_ns = 3;
  give(record);
  test::HitRecord late = hit(5, 100);
  late.hit.subject = 8;
  give(late);
  ASSERT_EQ(told.size(), 66u);
  EXPECT_EQ(told[64], "leaf 99 at 100 on 0");
  EXPECT_EQ(told[65], "life of 7 at 3");
}

TEST_F(DeferredStepsTest, TheEndOfTheFirstSkbIsToldOnce) {
  nt_deferred record = steps(5, 70);
  record.steps[6] = {.time_ns = 69, .skb = 7, .other = 0, .leaf = 0, .kind = NT_END, .cpu = 1};
  record.first_end_ns = 69;
  give(record);
  test::HitRecord late = hit(5, 100);
  late.hit.subject = 8;
  give(late);
  ASSERT_EQ(told.size(), 65u);
  EXPECT_EQ(told[63], "life of 7 at 69");
}

TEST_F(DeferredStepsTest, StepsWhoseHitWasLostAreForgotten) {
  for (uint64_t tracking_id = 1; tracking_id <= 4097; ++tracking_id) give(steps(tracking_id, 1));
  give(hit(1, 100));
  EXPECT_THAT(told, ElementsAre("leaf 99 at 100 on 0"));
  give(hit(2, 100));
  EXPECT_EQ(told.size(), 3u);
}

}  // namespace
}  // namespace nettrace
