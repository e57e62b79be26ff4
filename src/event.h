// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// One hit of one leaf by one packet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nettrace/record.h"
#include "packet.h"
#include "result.h"

namespace nettrace {

struct Event {
  uint64_t time_ns = 0;  // CLOCK_MONOTONIC
  uint64_t skb = 0;      // address of the sk_buff
  uint32_t leaf = 0;     // index into TracerTree::leaves
  uint32_t pid = 0;
  uint32_t cpu = 0;
  uint32_t ifindex = 0;       // 0: no device
  std::string_view ifname{};  // points into the record
  std::string_view comm{};    // points into the record
  uint32_t len = 0;           // skb->len, bytes
  Packet packet{};
};

// Checks every length and offset: records may come from a damaged file. Bytes after the record are
// ignored, so that a later version can append to it; they need no alignment. The event points into
// `bytes` and lives as long as they do. `leaf` is not checked: only the tree knows its range.
Result<Event> decode(std::span<const std::byte> bytes);

}  // namespace nettrace
