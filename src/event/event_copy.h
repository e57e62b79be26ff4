// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events that outlive the record that they point into.
#pragma once

#include <cstddef>
#include <memory>

#include "event/event.h"

namespace nettrace {

// How many bytes a copy of the event points to.
size_t pointed_bytes(const Event& event);
// The event, pointing to a copy of its sections at `memory`, which has room for these bytes: all
// but the packet's headers, which were parsed when it came, and a stack that was taken out of the
// event.
Event copy_event(const Event& event, std::byte* memory);

// An event with its copy.
class OwnedEvent {
 public:
  explicit OwnedEvent(const Event& event)
      : memory_(std::make_unique<std::byte[]>(pointed_bytes(event))),
        event_(copy_event(event, memory_.get())) {}

  const Event& get() const { return event_; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  Event event_;
};

}  // namespace nettrace
