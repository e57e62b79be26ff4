// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where records go: to standard output through a view, to a table, or to a recording.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "event/source.h"

namespace nettrace {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void take(std::span<const std::byte> record) = 0;
  // Of a live trace, CLOCK_MONOTONIC.
  virtual void pass_time(uint64_t now_ns) = 0;
  // And is to be called by then.
  virtual uint64_t due_ns() const { return UINT64_MAX; }
  // What was taken so far reaches its place. False: whoever read it has gone.
  virtual Result<bool> flush() = 0;
  // Records found no room in the ring in this span of time, CLOCK_MONOTONIC; so many so far.
  virtual void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses& of_ring) = 0;
  // There are losses, so many so far.
  virtual void lose(const Losses& losses) = 0;
  // There will be no more: what was kept back, the losses, the end.
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
