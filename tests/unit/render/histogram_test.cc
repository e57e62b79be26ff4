// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Histograms of times, and how they are drawn.
#include "render/histogram.h"

#include <gtest/gtest.h>

#include <numeric>

namespace nettrace {
namespace {

TEST(Histogram, OfNothingHasZeros) {
  const Histogram times;
  EXPECT_EQ(times.count(), 0u);
  EXPECT_EQ(times.percentile_ns(50), 0u);
  EXPECT_EQ(times.percentile_ns(99), 0u);
  EXPECT_EQ(spark_line(times), std::string(Histogram::spans, ' '));
}

TEST(Histogram, PercentilesOfFewAreExactAtTheTop) {
  Histogram times;
  times.add(1'234'567);
  EXPECT_EQ(times.percentile_ns(50), 1'234'567u);
  EXPECT_EQ(times.percentile_ns(99), 1'234'567u);
  times.add(20'000'000);
  EXPECT_EQ(times.percentile_ns(99), 20'000'000u);
  EXPECT_EQ(times.max_ns(), 20'000'000u);
  EXPECT_EQ(times.sum_ns(), 21'234'567u);
}

TEST(Histogram, PercentilesAreAtMostASixteenthTooMuch) {
  Histogram times;
  for (uint64_t ns = 1; ns <= 1'000'000; ns += 7) times.add(ns);
  for (const unsigned percent : {1U, 10U, 50U, 90U, 99U}) {
    const uint64_t exact = percent * 10'000;
    EXPECT_GE(times.percentile_ns(percent), exact - 7) << percent;
    EXPECT_LE(times.percentile_ns(percent), exact + exact / 16 + 7) << percent;
  }
}

TEST(Histogram, EveryTimeIsInTheSpanThatEndsAboveIt) {
  for (size_t span = 0; span + 1 < Histogram::spans; ++span) {
    Histogram times;
    times.add(Histogram::end_of_span(span) - 1);
    times.add(Histogram::end_of_span(span));
    EXPECT_EQ(times.by_span()[span], 1u) << span;
    EXPECT_EQ(times.by_span()[span + 1], 1u) << span;
  }
}

TEST(Histogram, TakesTheLongestAndTheShortest) {
  Histogram times;
  times.add(0);
  times.add(UINT64_MAX);
  EXPECT_EQ(times.by_span().front(), 1u);
  EXPECT_EQ(times.by_span().back(), 1u);
  EXPECT_EQ(times.percentile_ns(50), 0u);
  EXPECT_EQ(times.percentile_ns(99), UINT64_MAX);
}

TEST(Histogram, TimesHaveThreeDigits) {
  EXPECT_EQ(time_words(0), "0ns");
  EXPECT_EQ(time_words(999), "999ns");
  EXPECT_EQ(time_words(1'000), "1.00us");
  EXPECT_EQ(time_words(9'994), "9.99us");
  EXPECT_EQ(time_words(9'996), "10.0us");
  EXPECT_EQ(time_words(20'100'000), "20.1ms");
  EXPECT_EQ(time_words(999'600), "1.00ms");
  EXPECT_EQ(time_words(1'048'576'000), "1.05s");
  EXPECT_EQ(time_words(100'000'000'000'000), "100000s");
}

TEST(Histogram, ABarOfSomethingIsNeverNothing) {
  EXPECT_EQ(bar(0, 10, 5), "");
  EXPECT_EQ(bar(1, 1000, 5), "@");
  EXPECT_EQ(bar(5, 10, 4), "@@");
  EXPECT_EQ(bar(UINT64_MAX, UINT64_MAX, 3), "@@@");
}

TEST(Histogram, ASparkLineStandsUnderItsScale) {
  Histogram times;
  times.add(500);
  for (int i = 0; i < 8; ++i) times.add(1'100'000);
  times.add(3'000'000'000);
  EXPECT_EQ(spark_line(times), ".          @         .");
  EXPECT_EQ(spark_scale().find("1ms"), 11u);
  EXPECT_EQ(spark_scale().find("1s"), 21u);
}

}  // namespace
}  // namespace nettrace
