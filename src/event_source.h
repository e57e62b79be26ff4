// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Whatever yields records: the live kernel or a file. The rest of the program cannot tell them
// apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "result.h"

namespace nettrace {

// Events that matched and never arrived, by cause.
struct Losses {
  uint64_t ring_full = 0;

  uint64_t total() const { return ring_full; }
};

class EventSource {
 public:
  using Taker = std::function<void(std::span<const std::byte> record)>;

  virtual ~EventSource() = default;

  // Becomes readable when there is something to take.
  virtual int fd() const = 0;
  // Hands over every record that is there; the bytes are valid during the call only.
  virtual Result<Done> take_all(const Taker& taker) = 0;
  virtual Losses losses() const = 0;
};

}  // namespace nettrace
