// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What there is to show: a line, or the block of a packet that has ended. Renderers turn it
// into text or JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "event/event.h"
#include "event/return_value.h"
#include "event/symbol_table.h"
#include "tracer/tree.h"

namespace nettrace {

// What a program would read, or a person.
enum class Format { text, json };

// A hit, with what other records and lookups add to it before it is shown.
struct Line {
  const Event* event;  // never null
  const Leaf* leaf;    // of the event's number; never null
  uint64_t time_ns;    // the event's, or that of its return where that is what is shown
  const ReturnType* return_type = nullptr;  // with `returned`
  std::optional<uint64_t> returned{};       // value of the register
  std::optional<int64_t> since_ns{};        // the packet's step before; nothing: not known
};

// An skb of a block that became a part of an skb outside.
struct SkbMerge {
  uint64_t time_ns;
  uint64_t skb;
  uint64_t merged_into;
};

// A followed packet from its first match to its end, with its copies.
struct Block {
  enum class End {
    complete,     // its last skb is gone
    interrupted,  // tracing ended first
    silent,       // nothing was seen of it for too long
    crowded_out,  // it had to make room
  };
  uint64_t tracking_id;
  uint64_t skb;                      // its first
  std::span<const Line> lines;       // by time
  std::span<const SkbMerge> merges;  // by time
  End end;
  bool lossy = false;  // records were lost while it lived: it may lack events

  // From its first line to the last.
  uint64_t total_ns() const {
    return lines.empty() ? 0 : lines.back().time_ns - lines.front().time_ns;
  }
};

// Takes the blocks of packets that have gone: prints them, or measures them.
class BlockConsumer {
 public:
  virtual ~BlockConsumer() = default;
  // Appends to `out` what there is to print. The block is valid during the call only.
  virtual void block(const Block& block, std::string& out) = 0;
};

// Prints. Allocates nothing once `out` has grown.
class Renderer : public BlockConsumer {
 public:
  virtual void line(const Line& line, std::string& out) = 0;
};

// What Block::End means, in words for the user; empty for a complete block.
std::string_view explain(Block::End end);

}  // namespace nettrace
