// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A record of the kernel side, decoded: a hit of a leaf by a packet, a return, a change of
// what belongs to a tracked packet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "event/sections.h"
#include "nettrace/record.h"
#include "packet/packet.h"

namespace nettrace {

// One hit of one leaf by one packet.
struct Event {
  uint64_t time_ns = 0;      // CLOCK_MONOTONIC
  uint64_t skb = 0;          // its address
  uint64_t tracking_id = 0;  // of the packet; 0: it is not tracked
  uint64_t call = 0;         // a Return of this number may follow; 0: none will
  uint32_t leaf = 0;         // index into TracerTree::leaves
  uint32_t cpu = 0;
  uint32_t len = 0;        // skb->len, bytes
  bool at_return = false;  // to be shown when its Return comes, not before
  SectionBits sections = 0;
  std::span<const std::byte> stack{};  // 8 bytes a return address, innermost first; points into
                                       // `record`; empty: it was not asked for
  Packet packet{};
  std::span<const std::byte> record{};  // an nt_hit and its sections

  bool has(nt_section section) const { return (sections & bit_of(section)) != 0; }

  // What the record says; zeros where it has no such section.
  template <typename Section>
  Section section() const {
    Section copy{};
    if (has(section_of<Section>)) {
      std::memcpy(&copy, record.data() + section_offset(sections, section_of<Section>),
                  sizeof(copy));
    }
    return copy;
  }

  // Of skb->dev; empty: without one, whatever the section says of it. Points into the record, as
  // what follows does.
  std::string_view device_name() const;
  std::string_view comm() const;
};

// A function that was hit has returned.
struct Return {
  uint64_t time_ns = 0;  // CLOCK_MONOTONIC
  uint64_t call = 0;     // Event::call
  uint64_t value = 0;    // the register: see return_value.h
};

// A tracked packet got another skb, or one less.
struct TrackingChange {
  enum class Kind {
    joined,  // `skb` became a copy of `other`
    ended,   // `skb` was freed
    merged,  // `skb` became a part of `other`
  };
  Kind kind = Kind::joined;
  uint64_t time_ns = 0;  // CLOCK_MONOTONIC
  uint64_t tracking_id = 0;
  uint64_t skb = 0;
  uint64_t other = 0;
};

using Record = std::variant<Event, Return, TrackingChange>;

// Checks every length and offset: records may come from a damaged file. Bytes after the record are
// ignored, so that a later version can append to it; they need no alignment. An event points into
// `bytes` and lives as long as they do. `leaf` is not checked: only the tree knows its range.
Result<Record> decode(std::span<const std::byte> bytes);
// The same into `record`, which is too large to be moved about for each of very many.
std::optional<Error> decode(std::span<const std::byte> bytes, Record& record);

}  // namespace nettrace
