// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Packets from their first match to their end: collects the events of a tracked packet and of its
// copies, and hands them over as a block when the last skb of them is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory_resource>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/counted_memory.h"
#include "event/event.h"
#include "event/sink.h"
#include "render/display_model.h"
#include "view/skb_set.h"

namespace nettrace {

class Timeline {
 public:
  struct Limits {
    uint64_t silence_ns = default_idle_timeout_ns;  // a packet without an event so long is closed
    size_t bytes = 256 << 20;  // of memory; beyond, the most silent packet is closed
  };
  // What it needs to know of leaves, by Event::leaf; both live as long as the timeline.
  struct Leaves {
    const std::vector<Leaf>* leaves;
    const std::vector<ReturnType>* return_types;
    bool all_returns;  // else only those of new copies are shown
  };
  using Forgetter = std::function<void(uint64_t tracking_id, uint64_t skb)>;

  // `consumer` gets each block once, and lives as long as the timeline. `on_forget` hears of skbs
  // that were given up while they lived.
  Timeline(const Limits& limits, const Leaves& leaves, BlockConsumer& consumer,
           Forgetter on_forget);
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;

  // What closes a packet passes `out` to the consumer with its block.
  // An event without a tracking id is not for a timeline.
  void add(const Event& event, std::string& out);
  void add(const Return& result, std::string& out);
  void add(const TrackingChange& change, std::string& out);
  // Records were lost in this span of time (CLOCK_MONOTONIC).
  void lose(uint64_t from_ns, uint64_t to_ns);
  // Closes what has been silent for too long at this time (CLOCK_MONOTONIC).
  void pass_time(uint64_t now_ns, std::string& out);
  // When pass_time() will have something to close; UINT64_MAX: nothing is open.
  uint64_t due_ns() const;
  // Closes whatever is still open: tracing is over.
  void finish(std::string& out);

 private:
  struct Hit {
    Event event;               // a copy, which points into TrackedPacket::arena
    uint64_t returned_ns = 0;  // 0: not yet
    uint64_t returned = 0;
  };
  struct TrackedPacket {
    TrackedPacket(uint64_t tracking_id, uint64_t skb, std::pmr::memory_resource* memory);

    uint64_t id, first_skb;
    uint64_t last_ns = 0;
    SkbSet skbs;                                // those that live
    std::pmr::monotonic_buffer_resource arena;  // of the hits and what they point to
    std::pmr::list<Hit> hits;
    std::pmr::vector<SkbMerge> merges;
    size_t open_calls = 0;
  };
  using Tracked = std::pmr::list<TrackedPacket>;  // the most silent one first
  struct Call {
    Tracked::iterator packet;
    Hit* hit;
  };

  Tracked::iterator find(uint64_t tracking_id);
  Tracked::iterator find_or_begin(uint64_t tracking_id, uint64_t skb);
  void touch(Tracked::iterator packet, uint64_t time_ns);
  void end_if_complete(Tracked::iterator packet, std::string& out);
  void close(Tracked::iterator packet, Block::End end, std::string& out);
  void show(const TrackedPacket& packet, Block::End end, std::string& out);
  void make_lines(const TrackedPacket& packet);
  Line line_of(const Hit& hit) const;
  bool is_lossy(const TrackedPacket& packet) const;
  size_t used_bytes() const;
  void make_room(std::string& out);

  Limits limits_;
  Leaves leaves_;
  BlockConsumer& consumer_;
  Forgetter on_forget_;
  CountedMemory memory_;  // of all that is open
  Tracked tracked_{&memory_};
  std::pmr::unordered_map<uint64_t, Tracked::iterator> by_id_{&memory_};
  std::pmr::unordered_map<uint64_t, Call> calls_{&memory_};  // open ones
  size_t hits_ = 0;                                          // of all open packets
  std::deque<std::pair<uint64_t, uint64_t>> losses_;         // spans of time, the oldest first
  std::vector<Line> lines_;  // of the block at hand; kept for their memory
};

}  // namespace nettrace
