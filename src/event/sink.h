// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where a trace leads: to standard output, as records or as a table, or to a recording.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/clock.h"
#include "event/source.h"

namespace nettrace {

// A packet without an event for so long is closed as unfinished, unless the user says otherwise.
inline constexpr uint64_t default_idle_timeout_ns = 60 * ns_per_s;

// Takes records.
class RecordConsumer {
 public:
  virtual ~RecordConsumer() = default;
  virtual void take(std::span<const std::byte> record) = 0;
  // Records found no room in the ring in this span of time, CLOCK_MONOTONIC; so many so far.
  virtual void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses& of_ring) = 0;
};

// Shows something when its time comes, whether records come or not: a table, a packet that has been
// silent for too long.
class TimedDisplay {
 public:
  virtual ~TimedDisplay() = default;
  // Of a live trace, CLOCK_MONOTONIC.
  virtual void pass_time(uint64_t now_ns) = 0;
  // pass_time() is to be called by then.
  virtual uint64_t due_ns() const = 0;
};

class Sink {
 public:
  virtual ~Sink() = default;
  // Null: it takes no records.
  virtual RecordConsumer* records() { return nullptr; }
  // Null: it shows nothing by the clock.
  virtual TimedDisplay* timed() { return nullptr; }
  // What was taken so far reaches its place. False: whoever read it has gone.
  virtual Result<bool> flush() = 0;
  // There are losses, so many so far.
  virtual void lose(const Losses& losses) = 0;
  // There will be no more: what was held back, the losses, the end.
  virtual Result<bool> finish(const Losses& losses) = 0;
  virtual bool is_done() const = 0;
  // Events, packets or hits so far.
  virtual uint64_t matched() = 0;
  // More than the greeting went to standard output.
  virtual bool has_shown() const = 0;
  // For standard error: "87 events printed, 0 lost".
  virtual std::string summary(const Losses& losses) const = 0;
};

}  // namespace nettrace
