// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The ring keeps the order of cause and effect: a copy joins before it is seen, and is seen before
// it ends. Where records were lost, an skb joins when it is first seen; an end that was lost is
// made up for by the limit of silence.
#include "view/timeline.h"

#include <algorithm>
#include <utility>

#include "event/event_copy.h"
#include "nettrace/tracking.h"

namespace nettrace {
namespace {

constexpr size_t max_losses = 1024;         // spans of time that are remembered
constexpr size_t first_arena_bytes = 2048;  // half a dozen hits; each later chunk is larger
constexpr size_t max_idle_lines = 4096;     // whose memory is kept from block to block

bool is_earlier(const Line& a, const Line& b) { return a.time_ns < b.time_ns; }

}  // namespace

Timeline::TrackedPacket::TrackedPacket(uint64_t tracking_id, uint64_t skb,
                                       std::pmr::memory_resource* memory)
    : id(tracking_id),
      first_skb(skb),
      skbs(memory),
      arena(first_arena_bytes, memory),
      hits(&arena),
      merges(memory) {
  skbs.insert(skb);
}

Timeline::Timeline(const Limits& limits, const Leaves& leaves, BlockConsumer& consumer,
                   Forgetter on_forget)
    : limits_(limits), leaves_(leaves), consumer_(consumer), on_forget_(std::move(on_forget)) {}

void Timeline::add(const Event& event, std::string& out) {
  const auto packet = find_or_begin(event.tracking_id, event.skb);
  touch(packet, event.time_ns);
  packet->skbs.insert(event.skb);
  auto* const bytes = static_cast<std::byte*>(packet->arena.allocate(pointed_bytes(event), 1));
  Hit& hit = packet->hits.emplace_back(Hit{.event = copy_event(event, bytes)});
  ++hits_;
  if (event.call != 0) {
    calls_[event.call] = {packet, &hit};
    ++packet->open_calls;
  }
  make_room(out);
}

void Timeline::add(const Return& result, std::string& out) {
  const auto found = calls_.find(result.call);
  if (found == calls_.end()) return;  // the hit was lost, and counted
  const auto [packet, hit] = found->second;
  calls_.erase(found);
  hit->returned_ns = result.time_ns;
  hit->returned = result.value;
  --packet->open_calls;
  touch(packet, result.time_ns);
  end_if_complete(packet, out);
}

// A packet may begin with a copy: an event of it may still come, though none was wanted so far.
void Timeline::add(const TrackingChange& change, std::string& out) {
  using Kind = TrackingChange::Kind;
  if (change.kind == Kind::joined) {
    const auto packet = find_or_begin(change.tracking_id, change.other);
    touch(packet, change.time_ns);
    packet->skbs.insert(change.skb);
    make_room(out);
    return;
  }
  const auto packet = find(change.tracking_id);
  if (packet == tracked_.end()) return;
  touch(packet, change.time_ns);
  if (change.kind == Kind::merged) {
    packet->merges.push_back(
        {.time_ns = change.time_ns, .skb = change.skb, .merged_into = change.other});
  }
  packet->skbs.erase(change.skb);
  end_if_complete(packet, out);
}

void Timeline::pass_time(uint64_t now_ns, std::string& out) {
  while (due_ns() <= now_ns) close(tracked_.begin(), Block::End::silent, out);
}

uint64_t Timeline::due_ns() const {
  return tracked_.empty() ? UINT64_MAX : tracked_.front().last_ns + limits_.silence_ns + 1;
}

void Timeline::lose(uint64_t from_ns, uint64_t to_ns) {
  if (!losses_.empty() && losses_.back().second >= from_ns) {
    losses_.back().second = to_ns;
    return;
  }
  losses_.emplace_back(from_ns, to_ns);
  if (losses_.size() > max_losses) losses_.pop_front();
}

// Its number tells when it began (nettrace/tracking.h), even if the record of that was lost.
bool Timeline::is_lossy(const TrackedPacket& packet) const {
  const uint64_t age = NT_TRACKING_AGE_NS(packet.id, packet.last_ns);
  const uint64_t begin_ns = packet.last_ns - std::min(age, packet.last_ns);
  return std::any_of(losses_.begin(), losses_.end(), [&](const auto& span) {
    return span.first <= packet.last_ns && begin_ns <= span.second;
  });
}

void Timeline::finish(std::string& out) {
  while (!tracked_.empty()) close(tracked_.begin(), Block::End::interrupted, out);
}

Timeline::Tracked::iterator Timeline::find(uint64_t tracking_id) {
  const auto found = by_id_.find(tracking_id);
  return found == by_id_.end() ? tracked_.end() : found->second;
}

Timeline::Tracked::iterator Timeline::find_or_begin(uint64_t tracking_id, uint64_t skb) {
  const auto found = find(tracking_id);
  if (found != tracked_.end()) return found;
  const auto begun = tracked_.emplace(tracked_.end(), tracking_id, skb, &memory_);
  by_id_.emplace(tracking_id, begun);
  return begun;
}

void Timeline::touch(Tracked::iterator packet, uint64_t time_ns) {
  packet->last_ns = std::max(packet->last_ns, time_ns);
  tracked_.splice(tracked_.end(), tracked_, packet);
}

// A function may return after the packet that it was called with has gone.
void Timeline::end_if_complete(Tracked::iterator packet, std::string& out) {
  if (packet->skbs.empty() && packet->open_calls == 0) close(packet, Block::End::complete, out);
}

void Timeline::close(Tracked::iterator packet, Block::End end, std::string& out) {
  // What only lacks a return is complete: the packet has gone.
  show(*packet, packet->skbs.empty() ? Block::End::complete : end, out);
  if (packet->open_calls > 0) {
    for (const Hit& hit : packet->hits) {
      if (hit.event.call != 0 && hit.returned_ns == 0) calls_.erase(hit.event.call);
    }
  }
  packet->skbs.visit([&](uint64_t skb) { on_forget_(packet->id, skb); });
  hits_ -= packet->hits.size();
  by_id_.erase(packet->id);
  tracked_.erase(packet);
}

// What has no event is no block: all events of the packet were unwanted, or were lost.
void Timeline::show(const TrackedPacket& packet, Block::End end, std::string& out) {
  make_lines(packet);
  if (lines_.empty()) return;
  consumer_.block({.tracking_id = packet.id,
                   .skb = packet.first_skb,
                   .lines = lines_,
                   .merges = packet.merges,
                   .end = end,
                   .lossy = is_lossy(packet)},
                  out);
  if (lines_.capacity() > max_idle_lines) lines_ = {};
}

void Timeline::make_lines(const TrackedPacket& packet) {
  lines_.clear();
  lines_.reserve(packet.hits.size());
  for (const Hit& hit : packet.hits) {
    if (!hit.event.at_return || hit.returned_ns != 0) lines_.push_back(line_of(hit));
  }
  if (!std::is_sorted(lines_.begin(), lines_.end(), is_earlier)) {
    std::stable_sort(lines_.begin(), lines_.end(), is_earlier);
  }
  for (size_t i = 1; i < lines_.size(); ++i) {
    lines_[i].since_ns = static_cast<int64_t>(lines_[i].time_ns - lines_[i - 1].time_ns);
  }
}

Line Timeline::line_of(const Hit& hit) const {
  const Event& event = hit.event;
  Line line{.event = &event,
            .leaf = &(*leaves_.leaves)[event.leaf],
            .time_ns = event.at_return ? hit.returned_ns : event.time_ns};
  if (hit.returned_ns == 0) return line;
  const ReturnType& type = (*leaves_.return_types)[event.leaf];
  const bool is_copy =
      type.kind == ReturnType::Kind::skb && hit.returned != event.skb && hit.returned != 0;
  if (leaves_.all_returns ? type.kind != ReturnType::Kind::nothing : is_copy) {
    line.return_type = &type;
    line.returned = hit.returned;
  }
  return line;
}

// A block needs a line for each of its hits when it is shown.
size_t Timeline::used_bytes() const { return memory_.used() + hits_ * sizeof(Line); }

void Timeline::make_room(std::string& out) {
  while (used_bytes() > limits_.bytes && !tracked_.empty()) {
    close(tracked_.begin(), Block::End::crowded_out, out);
  }
}

}  // namespace nettrace
