// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The time from one step of a packet to its next one, whichever of its copies takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

namespace nettrace {

class Steps {
 public:
  // ns since the last step of this life; nothing for the first one. Negative where lines of two
  // CPUs come out of order.
  std::optional<int64_t> take(uint64_t life, uint64_t time_ns) {
    const auto [step, is_first] = last_.try_emplace(life, time_ns);
    if (!is_first) {
      const auto since_ns = static_cast<int64_t>(time_ns - step->second);
      step->second = time_ns;
      return since_ns;
    }
    order_.push_back(life);
    if (order_.size() > most_lives) {
      last_.erase(order_.front());
      order_.pop_front();
    }
    return std::nullopt;
  }

 private:
  // Nobody tells a line when its packet ends: the oldest is forgotten.
  static constexpr size_t most_lives = 65536;

  std::unordered_map<uint64_t, uint64_t> last_;  // by life, CLOCK_MONOTONIC
  std::deque<uint64_t> order_;                   // of last_, the oldest first
};

}  // namespace nettrace
