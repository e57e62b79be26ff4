// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options about packets, stacks, limits and recordings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(PacketOptions, AreOffByDefault) {
  const Options options = good({});
  EXPECT_FALSE(options.timeline || options.skb_mode || options.returns || options.tracks_skbs());
  EXPECT_THAT(options.stack_tracers, IsEmpty());
  EXPECT_EQ(options.idle_timeout_ns, 60'000'000'000u);
}

TEST(PacketOptions, PacketsAreFollowedForTimelinesSkbModeAndRecordings) {
  EXPECT_TRUE(good({"--timeline"}).tracks_skbs());
  EXPECT_TRUE(good({"--skb-mode"}).tracks_skbs());
  EXPECT_TRUE(good({"-w", "f"}).tracks_skbs());
  EXPECT_FALSE(good({"--ret"}).tracks_skbs());
}

TEST(PacketOptions, ARecordingHasCallersOnlyWhereTheyAreAskedFor) {
  EXPECT_FALSE(good({"-w", "f"}).shows_callers());
  EXPECT_TRUE(good({"-w", "f", "-o", "caller"}).shows_callers());
}

TEST(PacketOptions, CountNeedsTheTimelineAndNamesLimit) {
  EXPECT_EQ(good({"--timeline", "-c", "3"}).count, 3u);
  EXPECT_THAT(bad({"-c", "3"}), HasSubstr("--limit"));
  EXPECT_THAT(bad({"--timeline", "-c", "0"}), HasSubstr("'0' is not a count"));
  EXPECT_THAT(bad({"--timeline", "-c", "3x"}), HasSubstr("'3x' is not a count"));
  EXPECT_EQ(good({"--limit", "10"}).limit, 10u);
}

TEST(PacketOptions, TimesHaveUnits) {
  EXPECT_EQ(good({"--duration", "30s"}).duration_ns, 30'000'000'000u);
  EXPECT_EQ(good({"--duration", "30"}).duration_ns, 30'000'000'000u);
  EXPECT_EQ(good({"--duration", "500ms"}).duration_ns, 500'000'000u);
  EXPECT_EQ(good({"--duration", "1.5s"}).duration_ns, 1'500'000'000u);
  EXPECT_EQ(good({"--duration", "2m"}).duration_ns, 120'000'000'000u);
  EXPECT_EQ(good({"--duration", "1h"}).duration_ns, 3'600'000'000'000u);
  EXPECT_EQ(good({"--timeline", "--idle-timeout", "2s"}).idle_timeout_ns, 2'000'000'000u);
  for (const char* word :
       {"0", "-1s", "1d", "s", "1.5.s", "nan", "inf", "99999999999s", "4000000000h"}) {
    EXPECT_THAT(bad({"--duration", word}), HasSubstr("is not a time")) << word;
  }
}

TEST(PacketOptions, StacksOfAllNeedForce) {
  EXPECT_THAT(bad({"--stack"}), HasSubstr("--force-stack"));
  EXPECT_THAT(bad({"-t", "ip,all", "--stack"}), HasSubstr("--force-stack"));
  EXPECT_THAT(bad({"--stack-tracer", "all"}), HasSubstr("--force-stack"));
  EXPECT_THAT(bad({"--all-functions", "--stack"}), HasSubstr("--force-stack"));
  EXPECT_THAT(bad({"-t", "!ip", "--stack"}), HasSubstr("--force-stack"));
  EXPECT_THAT(good({"-t", "ip", "--stack"}).stack_tracers, ElementsAre("ip"));
  EXPECT_THAT(good({"--stack-tracer", "ip,tcp"}).stack_tracers, ElementsAre("ip", "tcp"));
  EXPECT_THAT(good({"--stack", "--force-stack"}).stack_tracers, ElementsAre("all"));
  EXPECT_THAT(good({"--force_stack"}).stack_tracers, ElementsAre("all"));
  EXPECT_THAT(good({"-r", "f", "--stack"}).stack_tracers, ElementsAre("all"));
}

TEST(RecordingOptions, NameFiles) {
  EXPECT_EQ(good({"-w", "f.ntr"}).write_file, "f.ntr");
  EXPECT_EQ(good({"-r", "-"}).read_file, "-");
  EXPECT_EQ(good({"-w", "f", "-p", "tcp", "--port", "80"}).filter_text, "-p tcp --port 80");
}

TEST(RecordingOptions, SizesAreThoseOfTcpdump) {
  EXPECT_EQ(good({"-w", "f", "-C", "2"}).rotation.bytes, 2'000'000u);
  EXPECT_EQ(good({"-w", "f", "-C", "2k"}).rotation.bytes, 2048u);
  EXPECT_EQ(good({"-w", "f", "-C", "2M"}).rotation.bytes, 2u << 20);
  EXPECT_EQ(good({"-w", "f", "-C", "2g"}).rotation.bytes, 2ull << 30);
  EXPECT_EQ(good({"-w", "f", "-C", "1", "-W", "5"}).rotation.files, 5u);
  EXPECT_THAT(bad({"-w", "f", "-C", "2t"}), HasSubstr("'2t' is not a size"));
  EXPECT_THAT(bad({"-w", "f", "-C", "0"}), HasSubstr("'0' is not a size"));
  EXPECT_THAT(bad({"-w", "f", "-C", "1", "-W", "x"}), HasSubstr("'x' is not a number of files"));
}

TEST(LatencyOption, IsAColumnInFrontOfTheOthers) {
  const Options options = good({"-o", "id", "--latency"});
  ASSERT_EQ(options.columns.size(), 2u);
  EXPECT_EQ(options.columns[0]->name, "latency");
  EXPECT_TRUE(options.tracks_skbs());
  EXPECT_TRUE(good({"-o", "latency"}).shows_latency());
  EXPECT_FALSE(good({"-o", "id"}).tracks_skbs());
}

}  // namespace
}  // namespace nettrace
