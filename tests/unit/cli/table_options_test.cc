// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options of what is counted and measured.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

TEST(TableOptions, CountingHasIntervals) {
  EXPECT_TRUE(good({"--count-only"}).count_only);
  EXPECT_EQ(good({"--count-only", "--interval", "1s"}).interval_ns, 1'000'000'000u);
  EXPECT_THAT(bad({"--count-only", "--interval", "10ms"}), HasSubstr("100ms or more"));
}

TEST(TableOptions, ASummaryIsOfLatenciesAndShowsNoPackets) {
  const Options options = good({"--latency", "--summary", "-c", "20", "--idle-timeout", "5s"});
  EXPECT_TRUE(options.summary);
  EXPECT_TRUE(options.tracks_skbs());
  EXPECT_EQ(options.count, 20u);
  EXPECT_EQ(good({"--latency", "--summary", "--interval", "2s"}).interval_ns, 2'000'000'000u);
  EXPECT_TRUE(good({"--latency", "--summary", "-r", "f"}).summary);
}

TEST(TableOptions, TheLeastLatencyIsATime) {
  EXPECT_EQ(good({}).min_latency_ns, 0u);
  const Options options = good({"--min-latency", "250us"});
  EXPECT_EQ(options.min_latency_ns, 250'000u);
  EXPECT_TRUE(options.tracks_skbs());
  EXPECT_THAT(bad({"--min-latency", "fast"}), HasSubstr("'fast' is not a time"));
  EXPECT_THAT(bad({"--min-latency", "3h"}), HasSubstr("too long"));
  EXPECT_EQ(good({"--min-latency", "1ms", "-r", "f", "--timeline"}).min_latency_ns, 1'000'000u);
}

}  // namespace
}  // namespace nettrace
