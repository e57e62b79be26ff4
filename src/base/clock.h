// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The clocks that records and people count by, and their units.
#pragma once

#include <cstdint>
#include <ctime>

namespace nettrace {

inline constexpr uint64_t ns_per_us = 1000;
inline constexpr uint64_t ns_per_ms = 1'000'000;
inline constexpr uint64_t ns_per_s = 1'000'000'000;

inline uint64_t clock_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<uint64_t>(now.tv_sec) * ns_per_s + static_cast<uint64_t>(now.tv_nsec);
}

inline uint64_t monotonic_ns() { return clock_ns(CLOCK_MONOTONIC); }

// CLOCK_REALTIME minus CLOCK_MONOTONIC.
inline int64_t realtime_offset_ns() {
  return static_cast<int64_t>(clock_ns(CLOCK_REALTIME)) - static_cast<int64_t>(monotonic_ns());
}

}  // namespace nettrace
