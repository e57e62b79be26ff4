// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Whatever yields records: the live kernel or a file. The rest of the program cannot tell them
// apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "base/result.h"
#include "event/losses.h"

namespace nettrace {

class EventSource {
 public:
  using RecordCallback = std::function<void(std::span<const std::byte> record)>;

  virtual ~EventSource() = default;

  // Becomes readable when it is time to take something.
  virtual int fd() const = 0;
  // And it is time after so long, whatever fd() says.
  virtual uint64_t poll_timeout_ns() const { return UINT64_MAX; }
  // Hands over records that are there, a bounded number of them; the bytes are valid during the
  // call only. False: there will be no more.
  virtual Result<bool> take(const RecordCallback& callback) = 0;
  virtual Losses losses() const = 0;
  // Those of the ring, at little cost. The next take() hands over nothing that was sent after this
  // look, so that no packet ends of which losses are not known yet.
  virtual Losses ring_losses() { return losses(); }
  // Its records are of now, so that silence means something.
  virtual bool is_live() const = 0;
};

}  // namespace nettrace
