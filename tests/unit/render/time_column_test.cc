// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Each form of a line's time.
#include "render/time_column.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace nettrace {
namespace {

using testing::HasSubstr;

std::string put(TimeColumn& column, uint64_t time_ns) {
  char text[TimeColumn::max_characters];
  return {text, column.put(time_ns, text)};
}

std::string put(TimeForm form, uint64_t time_ns, int64_t offset_ns = 0) {
  TimeColumn column(form, offset_ns);
  return put(column, time_ns);
}

TEST(TimeColumn, BootIsSecondsAndMicroseconds) {
  EXPECT_EQ(put(TimeForm::boot, 16'526'335'999, 5), "16.526335");
  EXPECT_EQ(put(TimeForm::boot, UINT64_MAX), "18446744073.709551");
}

TEST(TimeColumn, UtcIsTheTimeOfDay) {
  // 2025-06-15 15:06:40 UTC and a fraction
  constexpr int64_t offset_ns = 1'750'000'000'123'456'789;
  EXPECT_EQ(put(TimeForm::utc, 0, offset_ns), "15:06:40.123456");
  EXPECT_EQ(put(TimeForm::utc, 60'900'000'000, offset_ns), "15:07:41.023456");
}

TEST(TimeColumn, LocalFollowsTheZone) {
  setenv("TZ", "XYZ-05:30", 1);
  tzset();
  EXPECT_EQ(put(TimeForm::local, 0, 1'750'000'000'123'456'789), "20:36:40.123456");
  unsetenv("TZ");
  tzset();
}

TEST(TimeColumn, TheTimeOfDayGoesOn) {
  TimeColumn column(TimeForm::utc, 1'750'000'000'000'000'000);
  EXPECT_EQ(put(column, 1'999'999'999), "15:06:41.999999");
  EXPECT_EQ(put(column, 2'000'000'000), "15:06:42.000000");
  EXPECT_EQ(put(column, 1'999'999'999), "15:06:41.999999");
}

TEST(TimeColumn, DeltaIsSinceTheLineBefore) {
  TimeColumn column(TimeForm::delta);
  EXPECT_EQ(put(column, 5'000'000'000), "0.000000");
  EXPECT_EQ(put(column, 6'000'123'000), "1.000123");
  EXPECT_EQ(put(column, 6'000'122'000), "-0.000001");
  column.restart();
  EXPECT_EQ(put(column, 9'000'000'000), "0.000000");
}

TEST(TimeColumn, AnyTimeFits) {
  TimeColumn column(TimeForm::delta);
  put(column, UINT64_MAX);
  EXPECT_EQ(put(column, 0), "-18446744073.709551");
  EXPECT_THAT(put(TimeForm::utc, UINT64_MAX, INT64_MIN), testing::SizeIs(15));
}

}  // namespace
}  // namespace nettrace
