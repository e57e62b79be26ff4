// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// How often times of which length occurred, in bounded memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

class Histogram {
 public:
  // Times below 1 us, then below each power of two of it, then all that are longer.
  static constexpr size_t spans = 22;
  // The first time above the span, ns; UINT64_MAX: it has no end.
  static uint64_t end_of_span(size_t span);

  void add(uint64_t ns);

  uint64_t count() const { return count_; }
  uint64_t max_ns() const { return max_ns_; }
  uint64_t sum_ns() const { return sum_ns_; }
  const std::array<uint64_t, spans>& by_span() const { return by_span_; }
  // So many in a hundred take no longer: at most a sixteenth too much. 0 where there are none.
  uint64_t percentile_ns(unsigned percent) const;

 private:
  uint64_t count_ = 0, max_ns_ = 0, sum_ns_ = 0;
  std::array<uint64_t, spans> by_span_{};
  std::vector<uint64_t> buckets_;  // sixteen for each power of two; as many as are needed
};

// "843ns", "1.20us", "20.1ms", "1.05s".
std::string time_words(uint64_t ns);
// A bar of at most `width` '@'; something is never nothing.
std::string bar(uint64_t part, uint64_t max, size_t width);
// A character for each span, the heavier the more there are of its times.
std::string spark_line(const Histogram& histogram);
// What stands above spark lines.
std::string_view spark_scale();

}  // namespace nettrace
