// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The ring keeps the order of cause and effect: a copy joins before it is seen, and is seen before
// it ends. Where records were lost, an skb joins when it is first seen; an end that was lost is
// made up for by the limit of silence.
#include "view/timeline.h"

#include <algorithm>
#include <utility>

#include "nettrace/tracking.h"

namespace nettrace {
namespace {

constexpr size_t max_losses = 1024;  // spans of time that are remembered

bool remove(std::vector<uint64_t>& skbs, uint64_t skb) {
  const auto found = std::find(skbs.begin(), skbs.end(), skb);
  if (found == skbs.end()) return false;
  *found = skbs.back();
  skbs.pop_back();
  return true;
}

void insert(std::vector<uint64_t>& skbs, uint64_t skb) {
  if (std::find(skbs.begin(), skbs.end(), skb) == skbs.end()) skbs.push_back(skb);
}

}  // namespace

Timeline::Timeline(const Limits& limits, const Leaves& leaves, BlockCallback on_block,
                   Forgetter on_forget)
    : limits_(limits),
      leaves_(leaves),
      on_block_(std::move(on_block)),
      on_forget_(std::move(on_forget)) {}

void Timeline::add(const Event& event, std::span<const std::byte> bytes) {
  const auto tracking_id = find_or_begin(event.tracking_id, event.skb);
  touch(tracking_id, event.time_ns);
  insert(tracking_id->skbs, event.skb);
  charge(*tracking_id, bytes.size() + sizeof(Hit));
  tracking_id->hits.push_back(
      {.offset = tracking_id->bytes.size(), .size = bytes.size(), .call = event.call});
  tracking_id->bytes.insert(tracking_id->bytes.end(), bytes.begin(), bytes.end());
  if (event.call != 0) {
    calls_[event.call] = {tracking_id, tracking_id->hits.size() - 1};
    ++tracking_id->open_calls;
  }
  make_room();
}

void Timeline::add(const Return& result) {
  const auto call = calls_.find(result.call);
  if (call == calls_.end()) return;  // the hit was lost, and counted
  const auto [packet, index] = call->second;
  calls_.erase(call);
  Hit& hit = packet->hits[index];
  hit.returned_ns = result.time_ns;
  hit.returned = result.value;
  --packet->open_calls;
  touch(packet, result.time_ns);
  end_if_complete(packet);
}

void Timeline::add(const TrackingChange& change) {
  using Kind = TrackingChange::Kind;
  if (change.kind == Kind::joined) {
    const auto packet = find_or_begin(change.tracking_id, change.other);
    touch(packet, change.time_ns);
    insert(packet->skbs, change.skb);
    charge(*packet, sizeof(change.skb));
    make_room();
    return;
  }
  const auto packet = find(change.tracking_id);
  if (packet == tracked_.end()) return;
  touch(packet, change.time_ns);
  if (change.kind == Kind::taken) {
    charge(*packet, sizeof(SkbMerge));
    packet->merges.push_back(
        {.time_ns = change.time_ns, .skb = change.skb, .merged_into = change.other});
  }
  remove(packet->skbs, change.skb);
  end_if_complete(packet);
}

void Timeline::pass_time(uint64_t now_ns) {
  while (!tracked_.empty() && tracked_.front().last_ns + limits_.silence_ns < now_ns) {
    close(tracked_.begin(), Block::End::silent);
  }
}

void Timeline::lose(uint64_t from_ns, uint64_t to_ns) {
  if (!losses_.empty() && losses_.back().second >= from_ns) {
    losses_.back().second = to_ns;
    return;
  }
  losses_.emplace_back(from_ns, to_ns);
  if (losses_.size() > max_losses) losses_.pop_front();
}

// Its number tells when it began (nettrace/life.h), even if the record of that was lost.
bool Timeline::is_lossy(const TrackedPacket& packet) const {
  const uint64_t age = (packet.last_ns - (packet.id >> NT_TRACKING_TIME_SHIFT)) &
                       (UINT64_MAX >> NT_TRACKING_TIME_SHIFT);
  const uint64_t begin_ns = packet.last_ns - std::min(age, packet.last_ns);
  return std::any_of(losses_.begin(), losses_.end(), [&](const auto& span) {
    return span.first <= packet.last_ns && begin_ns <= span.second;
  });
}

void Timeline::finish() {
  while (!tracked_.empty()) close(tracked_.begin(), Block::End::interrupted);
}

Timeline::Tracked::iterator Timeline::find(uint64_t tracking_id) {
  const auto found = by_id_.find(tracking_id);
  return found == by_id_.end() ? tracked_.end() : found->second;
}

Timeline::Tracked::iterator Timeline::find_or_begin(uint64_t tracking_id, uint64_t skb) {
  const auto found = find(tracking_id);
  if (found != tracked_.end()) return found;
  const auto begun = tracked_.emplace(tracked_.end());
  begun->id = tracking_id;
  begun->first_skb = skb;
  begun->skbs.push_back(skb);
  by_id_.emplace(tracking_id, begun);
  bytes_ += begun->cost;
  return begun;
}

void Timeline::touch(Tracked::iterator packet, uint64_t time_ns) {
  packet->last_ns = std::max(packet->last_ns, time_ns);
  tracked_.splice(tracked_.end(), tracked_, packet);
}

void Timeline::charge(TrackedPacket& packet, size_t bytes) {
  packet.cost += bytes;
  bytes_ += bytes;
}

// A function may return after the packet that it was called with has gone.
void Timeline::end_if_complete(Tracked::iterator packet) {
  if (packet->skbs.empty() && packet->open_calls == 0) close(packet, Block::End::complete);
}

void Timeline::close(Tracked::iterator packet, Block::End end) {
  // What only lacks a return is complete: the packet has gone.
  print(*packet, packet->skbs.empty() ? Block::End::complete : end);
  for (const Hit& hit : packet->hits) {
    if (hit.call != 0 && hit.returned_ns == 0) calls_.erase(hit.call);
  }
  for (const uint64_t skb : packet->skbs) on_forget_(packet->id, skb);
  bytes_ -= packet->cost;
  by_id_.erase(packet->id);
  tracked_.erase(packet);
}

void Timeline::print(const TrackedPacket& packet, Block::End end) {
  events_.clear();
  lines_.clear();
  events_.reserve(packet.hits.size());  // lines point into it
  for (const Hit& hit : packet.hits) {
    const auto record = decode(std::span(packet.bytes).subspan(hit.offset, hit.size));
    Event& event = events_.emplace_back(std::get<Event>(*record));
    if (!(*leaves_.stacks)[event.leaf]) event.stack = {};
    const ReturnType& type = (*leaves_.return_types)[event.leaf];
    if (event.at_return && hit.returned_ns == 0) continue;
    Line line{.event = &event,
              .leaf = &(*leaves_.leaves)[event.leaf],
              .time_ns = event.at_return ? hit.returned_ns : event.time_ns};
    const bool is_copy =
        type.kind == ReturnType::Kind::skb && hit.returned != event.skb && hit.returned != 0;
    if (hit.returned_ns != 0 &&
        (leaves_.all_returns ? type.kind != ReturnType::Kind::nothing : is_copy)) {
      line.return_type = &type;
      line.returned = hit.returned;
    }
    lines_.push_back(line);
  }
  std::stable_sort(lines_.begin(), lines_.end(),
                   [](const Line& a, const Line& b) { return a.time_ns < b.time_ns; });
  for (size_t i = 1; i < lines_.size(); ++i) {
    lines_[i].since_ns = static_cast<int64_t>(lines_[i].time_ns - lines_[i - 1].time_ns);
  }
  if (lines_.empty() && packet.merges.empty()) return;
  on_block_({.tracking_id = packet.id,
             .skb = packet.first_skb,
             .lines = lines_,
             .merges = packet.merges,
             .end = end,
             .lossy = is_lossy(packet)});
}

void Timeline::make_room() {
  while (bytes_ > limits_.bytes) close(tracked_.begin(), Block::End::crowded_out);
}

}  // namespace nettrace
