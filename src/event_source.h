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

// What matched and never arrived, by cause.
struct Losses {
  uint64_t ring_full = 0;   // records for which the ring had no room
  uint64_t lives_full = 0;  // packets that could not be followed, too many being so
  uint64_t calls_full = 0;  // returns, too many calls being watched

  uint64_t total() const { return ring_full + lives_full + calls_full; }
  bool operator==(const Losses&) const = default;
};

class EventSource {
 public:
  using Taker = std::function<void(std::span<const std::byte> record)>;

  virtual ~EventSource() = default;

  // Becomes readable when there is something to take.
  virtual int fd() const = 0;
  // Hands over records that are there, a bounded number of them; the bytes are valid during the
  // call only. False: there will be no more.
  virtual Result<bool> take(const Taker& taker) = 0;
  virtual Losses losses() const = 0;
  // Its records are of now, so that silence means something.
  virtual bool is_live() const = 0;
};

}  // namespace nettrace
