// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options of what is counted and measured.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

TEST(TableOptions, CountingShowsNoPackets) {
  EXPECT_TRUE(good({"--count-only"}).count_only);
  EXPECT_EQ(good({"--count-only", "--interval", "1s"}).interval_ns, 1'000'000'000u);
  EXPECT_THAT(bad({"--interval", "1s"}), HasSubstr("--count-only and --summary"));
  EXPECT_THAT(bad({"--count-only", "--interval", "10ms"}), HasSubstr("100ms or more"));
  for (const Words& words : {Words{"--timeline"}, Words{"--ret"}, Words{"-o", "id"},
                             Words{"--latency"}, Words{"--min-latency", "1ms"}, Words{"-w", "f"},
                             Words{"-r", "f"}, Words{"--buffer-size", "1m"}}) {
    Words all = {"--count-only"};
    all.insert(all.end(), words.begin(), words.end());
    EXPECT_THAT(bad(all), HasSubstr("--count-only counts in the kernel and has nothing for"))
        << words[0];
  }
}

TEST(TableOptions, ASummaryIsOfLatenciesAndShowsNoPackets) {
  const Options options = good({"--latency", "--summary", "-c", "20", "--idle-timeout", "5s"});
  EXPECT_TRUE(options.summary);
  EXPECT_TRUE(options.follows());
  EXPECT_EQ(options.count, 20u);
  EXPECT_EQ(good({"--latency", "--summary", "--interval", "2s"}).interval_ns, 2'000'000'000u);
  EXPECT_TRUE(good({"--latency", "--summary", "-r", "f"}).summary);
  EXPECT_THAT(bad({"--latency", "--summary", "-r", "f", "--interval", "1s"}),
              HasSubstr("without --interval"));
  EXPECT_THAT(bad({"--summary"}), HasSubstr("add --latency"));
  EXPECT_THAT(bad({"--summary", "--count-only"}), HasSubstr("ask for one"));
  for (const Words& words :
       {Words{"--timeline"}, Words{"--ret"}, Words{"--detail"}, Words{"--limit", "1"}}) {
    Words all = {"--latency", "--summary"};
    all.insert(all.end(), words.begin(), words.end());
    EXPECT_THAT(bad(all), HasSubstr(std::string("leave out --summary or ") + words[0])) << words[0];
  }
}

TEST(TableOptions, TheLeastLatencyIsATime) {
  EXPECT_EQ(good({}).min_latency_ns, 0u);
  const Options options = good({"--min-latency", "250us"});
  EXPECT_EQ(options.min_latency_ns, 250'000u);
  EXPECT_TRUE(options.follows());
  EXPECT_THAT(bad({"--min-latency", "fast"}), HasSubstr("'fast' is not a time"));
  EXPECT_THAT(bad({"--min-latency", "3h"}), HasSubstr("too long"));
  EXPECT_THAT(bad({"--min-latency", "1ms", "-r", "f"}), HasSubstr("add --timeline"));
  EXPECT_EQ(good({"--min-latency", "1ms", "-r", "f", "--timeline"}).min_latency_ns, 1'000'000u);
}

}  // namespace
}  // namespace nettrace
