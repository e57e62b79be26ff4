// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The time from one step of a packet to its next one, whichever of its copies takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bounded_map.h"

namespace nettrace {

class Steps {
 public:
  // ns since the last step of this packet; nothing for the first one. Negative where lines of two
  // CPUs come out of order.
  std::optional<int64_t> take(uint64_t tracking_id, uint64_t time_ns) {
    const auto [last_ns, is_first] = last_.add(tracking_id, time_ns);
    if (is_first) return std::nullopt;
    const auto since_ns = static_cast<int64_t>(time_ns - *last_ns);
    *last_ns = time_ns;
    return since_ns;
  }

 private:
  static constexpr size_t max_tracked = 65536;  // nobody tells a line when its packet ends

  BoundedMap<uint64_t, uint64_t> last_{max_tracked};  // CLOCK_MONOTONIC, by tracking id
};

}  // namespace nettrace
