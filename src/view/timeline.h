// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Packets from their first match to their end: collects what belongs to one life, and hands it over
// as a block when the last skb of the life is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "event/event.h"
#include "render/display_model.h"

namespace nettrace {

class Timeline {
 public:
  struct Limits {
    uint64_t silence_ns = 60'000'000'000;  // a life of which nothing is seen for so long is closed
    size_t bytes = 256 << 20;              // of memory; beyond, the most silent life is closed
  };
  // What it needs to know of leaves, by Event::leaf; all live as long as the timeline.
  struct Leaves {
    const std::vector<Leaf>* leaves;
    const std::vector<ReturnType>* return_types;
    const std::vector<bool>* stacks;  // whether they are shown
    bool all_returns;                 // else only those of new copies are shown
  };
  using BlockCallback = std::function<void(const Block&)>;
  using Forgetter = std::function<void(uint64_t tracking_id, uint64_t skb)>;

  // `on_block` gets each block once. `on_forget` hears of skbs that were given up while they lived.
  Timeline(const Limits& limits, const Leaves& leaves, BlockCallback on_block, Forgetter on_forget);

  // `bytes` is the record that the event points into. Events without a life are not for a timeline.
  void add(const Event& event, std::span<const std::byte> bytes);
  void add(const Return& result);
  void add(const TrackingChange& change);
  // Records were lost in this span of time (CLOCK_MONOTONIC).
  void lose(uint64_t from_ns, uint64_t to_ns);
  // Closes what has been silent for too long at this time (CLOCK_MONOTONIC).
  void pass_time(uint64_t now_ns);
  // Closes whatever is still open: tracing is over.
  void finish();

 private:
  struct Hit {
    size_t offset, size;  // of the record in Life::bytes
    uint64_t call;
    uint64_t returned_ns = 0;  // 0: not yet
    uint64_t returned = 0;
  };
  struct TrackedPacket {
    uint64_t id = 0, first_skb = 0;
    uint64_t last_ns = 0;
    std::vector<uint64_t> skbs;  // those that live
    std::vector<Hit> hits;
    std::vector<std::byte> bytes;  // records, one after the other
    std::vector<SkbMerge> merges;
    size_t open_calls = 0;
    size_t cost = sizeof(TrackedPacket);  // bytes, about
  };
  using Tracked = std::list<TrackedPacket>;  // the most silent one first

  Tracked::iterator find(uint64_t tracking_id);
  Tracked::iterator find_or_begin(uint64_t tracking_id, uint64_t skb);
  void touch(Tracked::iterator packet, uint64_t time_ns);
  void charge(TrackedPacket& packet, size_t bytes);
  void end_if_complete(Tracked::iterator packet);
  void close(Tracked::iterator packet, Block::End end);
  void print(const TrackedPacket& packet, Block::End end);
  bool is_lossy(const TrackedPacket& packet) const;
  void make_room();

  Limits limits_;
  Leaves leaves_;
  BlockCallback on_block_;
  Forgetter on_forget_;
  Tracked tracked_;
  std::unordered_map<uint64_t, Tracked::iterator> by_id_;
  std::unordered_map<uint64_t, std::pair<Tracked::iterator, size_t>>
      calls_;                                         // open ones: their hit
  std::deque<std::pair<uint64_t, uint64_t>> losses_;  // spans of time, the oldest first
  size_t bytes_ = 0;
  std::vector<Event> events_;  // of the block at hand; kept for their memory
  std::vector<Line> lines_;
};

}  // namespace nettrace
