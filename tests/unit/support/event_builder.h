// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events and leaves for tests of what is above packet/.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "event/event.h"
#include "support/record_builder.h"
#include "tracer/tree.h"

namespace nettrace::test {

inline Leaf leaf_named(std::string name, std::string module = "ip-in") {
  Leaf leaf;
  leaf.name = std::move(name);
  leaf.module = std::move(module);
  return leaf;
}

// What a record without a mistake says; it points into the record.
inline Event event_of(const test::HitRecord& record) {
  return std::get<Event>(*decode(bytes_of(record)));
}

// What an event says in its sections.
struct Said {
  uint32_t pid = 0;
  std::string_view comm = {};
  uint32_t ifindex = 0;
  std::string_view ifname = {};
  uint32_t len = 0;
  uint32_t mark = 0;
  uint32_t netns = 0;
  uint64_t caller = 0;
};

// An event with the record that it points into, of a packet of which nothing else is known.
class BuiltEvent {
 public:
  explicit BuiltEvent(const Said& said) {
    record_.hit.head.kind = NT_HIT;
    record_.hit.sections = usual_sections;
    record_.packet.l3_offset = NT_NO_OFFSET;
    record_.packet.l4_offset = NT_NO_OFFSET;
    record_.packet.len = said.len;
    record_.task.pid = said.pid;
    set_name(record_.task.comm, said.comm);
    record_.device.ifindex = said.ifindex;
    set_name(record_.device.name, said.ifname);
    record_.mark.value = said.mark;
    record_.netns.inode = said.netns;
    record_.caller.address = said.caller;
    event = event_of(record_);
  }
  BuiltEvent(const BuiltEvent&) = delete;
  BuiltEvent& operator=(const BuiltEvent&) = delete;

 private:
  HitRecord record_{};

 public:
  Event event;
};

}  // namespace nettrace::test
