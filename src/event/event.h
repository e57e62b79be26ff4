// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the kernel side tells, decoded: a hit of a leaf by a packet, a return, a turn in the life of
// a followed packet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "nettrace/record.h"
#include "packet/packet.h"

namespace nettrace {

// One hit of one leaf by one packet.
struct Event {
  uint64_t time_ns = 0;      // CLOCK_MONOTONIC
  uint64_t skb = 0;          // address of the sk_buff
  uint64_t tracking_id = 0;  // of the packet; 0: it is not followed
  uint64_t call = 0;         // a Return of this number may follow; 0: none will
  uint32_t leaf = 0;         // index into TracerTree::leaves
  uint32_t pid = 0;
  uint32_t cpu = 0;
  uint32_t ifindex = 0;                // 0: no device
  std::string_view ifname{};           // points into the record
  std::string_view comm{};             // points into the record
  uint32_t len = 0;                    // skb->len, bytes
  uint32_t mark = 0;                   // skb->mark
  uint32_t netns = 0;                  // inode of the network namespace; 0: unknown
  uint64_t caller = 0;                 // the return address; 0: unknown
  bool at_return = false;              // to be shown when its Return comes, not before
  std::span<const std::byte> stack{};  // 8 bytes a return address, innermost first; points into the
                                       // record; empty: it was not asked for
  Packet packet{};
  std::span<const std::byte> record{};  // an nt_record, all of it
};

// A function that was hit has returned.
struct Return {
  uint64_t time_ns = 0;  // CLOCK_MONOTONIC
  uint64_t call = 0;     // Event::call
  uint64_t value = 0;    // the register: see return_value.h
};

// A followed packet got another skb, or one less.
struct TrackingChange {
  enum class Kind {
    joined,  // `skb` became a copy of `other`
    ended,   // `skb` was freed
    taken,   // `skb` became a part of `other`
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
