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

constexpr size_t most_losses = 1024;  // spans of time that are remembered

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

Timeline::Timeline(const Limits& limits, const Leaves& leaves, BlockTaker on_block,
                   Forgetter on_forget)
    : limits_(limits),
      leaves_(leaves),
      on_block_(std::move(on_block)),
      on_forget_(std::move(on_forget)) {}

void Timeline::add(const Event& event, std::span<const std::byte> bytes) {
  const auto life = find_or_begin(event.life, event.skb);
  touch(life, event.time_ns);
  insert(life->skbs, event.skb);
  charge(*life, bytes.size() + sizeof(Hit));
  life->hits.push_back({.offset = life->bytes.size(), .size = bytes.size(), .call = event.call});
  life->bytes.insert(life->bytes.end(), bytes.begin(), bytes.end());
  if (event.call != 0) {
    calls_[event.call] = {life, life->hits.size() - 1};
    ++life->open_calls;
  }
  make_room();
}

void Timeline::add(const Return& result) {
  const auto call = calls_.find(result.call);
  if (call == calls_.end()) return;  // the hit was lost, and counted
  const auto [life, index] = call->second;
  calls_.erase(call);
  Hit& hit = life->hits[index];
  hit.returned_ns = result.time_ns;
  hit.returned = result.value;
  --life->open_calls;
  touch(life, result.time_ns);
  end_if_complete(life);
}

void Timeline::add(const LifeChange& change) {
  using Kind = LifeChange::Kind;
  if (change.kind == Kind::joined) {
    const auto life = find_or_begin(change.life, change.other);
    touch(life, change.time_ns);
    insert(life->skbs, change.skb);
    charge(*life, sizeof(change.skb));
    make_room();
    return;
  }
  const auto life = find(change.life);
  if (life == lives_.end()) return;
  touch(life, change.time_ns);
  if (change.kind == Kind::taken) {
    charge(*life, sizeof(Absorption));
    life->absorptions.push_back(
        {.time_ns = change.time_ns, .skb = change.skb, .taker = change.other});
  }
  remove(life->skbs, change.skb);
  end_if_complete(life);
}

void Timeline::pass_time(uint64_t now_ns) {
  while (!lives_.empty() && lives_.front().last_ns + limits_.silence_ns < now_ns) {
    close(lives_.begin(), Block::End::silent);
  }
}

void Timeline::lose(uint64_t from_ns, uint64_t to_ns) {
  if (!losses_.empty() && losses_.back().second >= from_ns) {
    losses_.back().second = to_ns;
    return;
  }
  losses_.emplace_back(from_ns, to_ns);
  if (losses_.size() > most_losses) losses_.pop_front();
}

// Its number tells when it began (nettrace/life.h), even if the record of that was lost.
bool Timeline::is_lossy(const Life& life) const {
  const uint64_t age =
      (life.last_ns - (life.id >> NT_LIFE_TIME_SHIFT)) & (UINT64_MAX >> NT_LIFE_TIME_SHIFT);
  const uint64_t begin_ns = life.last_ns - std::min(age, life.last_ns);
  return std::any_of(losses_.begin(), losses_.end(), [&](const auto& span) {
    return span.first <= life.last_ns && begin_ns <= span.second;
  });
}

void Timeline::finish() {
  while (!lives_.empty()) close(lives_.begin(), Block::End::interrupted);
}

Timeline::Lives::iterator Timeline::find(uint64_t life) {
  const auto found = by_id_.find(life);
  return found == by_id_.end() ? lives_.end() : found->second;
}

Timeline::Lives::iterator Timeline::find_or_begin(uint64_t life, uint64_t skb) {
  const auto found = find(life);
  if (found != lives_.end()) return found;
  const auto begun = lives_.emplace(lives_.end());
  begun->id = life;
  begun->first_skb = skb;
  begun->skbs.push_back(skb);
  by_id_.emplace(life, begun);
  bytes_ += begun->cost;
  return begun;
}

void Timeline::touch(Lives::iterator life, uint64_t time_ns) {
  life->last_ns = std::max(life->last_ns, time_ns);
  lives_.splice(lives_.end(), lives_, life);
}

void Timeline::charge(Life& life, size_t bytes) {
  life.cost += bytes;
  bytes_ += bytes;
}

// A function may return after the packet that it was called with has gone.
void Timeline::end_if_complete(Lives::iterator life) {
  if (life->skbs.empty() && life->open_calls == 0) close(life, Block::End::complete);
}

void Timeline::close(Lives::iterator life, Block::End end) {
  // What only lacks a return is complete: the packet has gone.
  print(*life, life->skbs.empty() ? Block::End::complete : end);
  for (const Hit& hit : life->hits) {
    if (hit.call != 0 && hit.returned_ns == 0) calls_.erase(hit.call);
  }
  for (const uint64_t skb : life->skbs) on_forget_(life->id, skb);
  bytes_ -= life->cost;
  by_id_.erase(life->id);
  lives_.erase(life);
}

void Timeline::print(const Life& life, Block::End end) {
  events_.clear();
  lines_.clear();
  events_.reserve(life.hits.size());  // lines point into it
  for (const Hit& hit : life.hits) {
    const auto record = decode(std::span(life.bytes).subspan(hit.offset, hit.size));
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
  if (lines_.empty() && life.absorptions.empty()) return;
  on_block_({.life = life.id,
             .skb = life.first_skb,
             .lines = lines_,
             .absorptions = life.absorptions,
             .end = end,
             .lossy = is_lossy(life)});
}

void Timeline::make_room() {
  while (bytes_ > limits_.bytes) close(lives_.begin(), Block::End::crowded_out);
}

}  // namespace nettrace
