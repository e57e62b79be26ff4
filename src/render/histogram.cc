// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/histogram.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <iterator>

#include "base/clock.h"

namespace nettrace {
namespace {

constexpr unsigned fine_bits = 4;
constexpr uint64_t fine = 1 << fine_bits;  // buckets for each power of two

size_t span_of(uint64_t ns) {
  return std::min<size_t>(std::bit_width(ns / ns_per_us), Histogram::spans - 1);
}

size_t bucket_of(uint64_t ns) {
  if (ns < fine) return ns;
  const auto above = static_cast<unsigned>(std::bit_width(ns)) - 1 - fine_bits;
  return (above + 1) * fine + (ns >> above & (fine - 1));
}

uint64_t last_of_bucket(size_t bucket) {
  if (bucket < fine) return bucket;
  const size_t above = bucket / fine - 1;
  return ((fine + bucket % fine + 1) << above) - 1;
}

}  // namespace

uint64_t Histogram::end_of_span(size_t span) {
  return span + 1 >= spans ? UINT64_MAX : ns_per_us << span;
}

void Histogram::add(uint64_t ns) {
  ++count_;
  sum_ns_ += ns;
  max_ns_ = std::max(max_ns_, ns);
  ++by_span_[span_of(ns)];
  const size_t bucket = bucket_of(ns);
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
}

uint64_t Histogram::percentile_ns(unsigned percent) const {
  // The rank is rounded up: of two, the 50th percentile is the first.
  const uint64_t rank = count_ / 100 * percent + (count_ % 100 * percent + 99) / 100;
  uint64_t seen = 0;
  for (size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank && seen > 0) return std::min(last_of_bucket(bucket), max_ns_);
  }
  return 0;
}

std::string time_words(uint64_t ns) {
  if (ns < ns_per_us) return fmt::format("{}ns", ns);
  auto number = static_cast<double>(ns);
  const char* const units[] = {"us", "ms", "s"};
  size_t unit = 0;
  constexpr double max = 999.5;  // what is shown with three digits as 1000
  for (number /= 1000; number >= max && unit + 1 < std::size(units); ++unit) number /= 1000;
  constexpr double ten = 9.995, hundred = 99.95;
  const int decimals = number < ten ? 2 : number < hundred ? 1 : 0;
  return fmt::format("{:.{}f}{}", number, decimals, units[unit]);
}

std::string bar(uint64_t part, uint64_t max, size_t width) {
  if (part == 0 || max == 0) return "";
  const auto length = static_cast<size_t>(static_cast<double>(width) * static_cast<double>(part) /
                                          static_cast<double>(max));
  return std::string(std::max<size_t>(length, 1), '@');
}

std::string spark_line(const Histogram& histogram) {
  constexpr std::string_view weights = " .:-=+*%@";
  const auto& counts = histogram.by_span();
  const uint64_t max = *std::max_element(counts.begin(), counts.end());
  std::string line;
  for (const uint64_t count : counts) {
    line += weights[bar(count, max, weights.size() - 1).size()];
  }
  return line;
}

// The spans that begin at 1.02 ms and at 1.05 s are the 12th and the 22nd.
std::string_view spark_scale() { return "<1us       1ms       1s"; }

}  // namespace nettrace
