// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What happened and is not shown, by cause: one table for text, JSON and recordings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nettrace {

struct Losses {
  uint64_t ring_full = 0;     // events for which the ring had no room
  uint64_t rest_full = 0;     // returns, copies and ends of packets that found no room either
  uint64_t tracked_full = 0;  // packets that could not be followed, too many being so
  uint64_t calls_full = 0;    // returns, too many calls being watched
  uint64_t steps_full = 0;    // early steps of packets that took long, too many of one
  uint64_t missed = 0;        // hits during another one on the same CPU, which the kernel skips

  uint64_t in_ring() const { return ring_full + rest_full; }
  uint64_t total() const { return in_ring() + tracked_full + calls_full + steps_full + missed; }
  bool operator==(const Losses&) const = default;
};

struct LossCause {
  uint64_t Losses::*count;
  std::string_view key;    // in JSON and in recordings
  std::string_view words;  // completes "12 lost (12 "
};
std::span<const LossCause> loss_causes();

// "12 lost (11 for want of room in the ring buffer, 1 damaged)", "0 lost".
std::string describe(const Losses& losses, uint64_t damaged = 0);

// What is to be said of losses while they happen.
class LossWatch {
 public:
  // A line where there are more than at the last time.
  std::optional<std::string> look(const Losses& losses);

 private:
  uint64_t reported_ = 0;
};

}  // namespace nettrace
