// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "event/deferred_steps.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "event/sections.h"
#include "nettrace/record.h"

namespace nettrace {
namespace {

template <typename Struct>
std::span<const std::byte> bytes_of(const Struct& record) {
  return std::as_bytes(std::span(&record, 1));
}

// Sections that tell of the packet, and not of the moment or of the function.
constexpr SectionBits of_the_packet =
    bit_of(NT_SECTION_PACKET) | bit_of(NT_SECTION_NETNS) | bit_of(NT_SECTION_MARK);

// What the packet was at that step is not known any more; it is shown as it is at `hit`.
std::vector<std::byte> hit_of(const nt_deferred_step& step, const nt_hit& late,
                              std::span<const std::byte> record) {
  nt_hit hit = late;
  hit.head = {.time_ns = step.time_ns, .kind = NT_HIT, .cpu = step.cpu};
  hit.subject = step.skb;
  hit.leaf = step.leaf;
  hit.flags = 0;
  hit.call = 0;
  hit.sections &= of_the_packet;
  const auto head = bytes_of(hit);
  std::vector<std::byte> bytes(head.begin(), head.end());
  for (unsigned section = 0; section < NT_SECTION_COUNT; ++section) {
    if (!(hit.sections & 1U << section)) continue;
    const auto from = record.subspan(section_offset(late.sections, section));
    bytes.insert(bytes.end(), from.begin(), from.begin() + all_sections[section].size);
  }
  return bytes;
}

void expand(const nt_deferred& steps, const nt_hit& hit, std::span<const std::byte> record,
            const DeferredSteps::RecordCallback& callback) {
  const auto hand_on = [&](const nt_deferred_step& step) {
    if (step.kind == NT_HIT) {
      callback(hit_of(step, hit, record));
      return;
    }
    callback(
        bytes_of(nt_tracking{.head = {.time_ns = step.time_ns, .kind = step.kind, .cpu = step.cpu},
                             .tracking_id = steps.tracking_id,
                             .skb = step.skb,
                             .other = step.other}));
  };
  const uint32_t kept = std::min<uint32_t>(steps.count, NT_MAX_DEFERRED);
  const uint32_t oldest = steps.count > NT_MAX_DEFERRED ? std::clamp(steps.next, 1U, kept) : kept;
  if (kept > 0) hand_on(steps.steps[0]);
  for (uint32_t i = oldest; i < kept; ++i) hand_on(steps.steps[i]);
  for (uint32_t i = 1; i < oldest; ++i) hand_on(steps.steps[i]);
}

// The end of the first step's skb made room for later steps.
bool lacks_first_end(const nt_deferred& steps) {
  if (steps.first_end_ns == 0 || steps.count <= NT_MAX_DEFERRED) return false;
  return std::none_of(std::begin(steps.steps), std::end(steps.steps),
                      [&](const nt_deferred_step& step) {
                        return step.time_ns == steps.first_end_ns && step.skb == steps.steps[0].skb;
                      });
}

}  // namespace

void DeferredSteps::take(std::span<const std::byte> record, const RecordCallback& callback) {
  nt_head head{};
  if (record.size() >= sizeof(head)) std::memcpy(&head, record.data(), sizeof(head));
  if (head.kind == NT_DEFERRED && record.size() >= sizeof(nt_deferred)) {
    store(record);
    return;
  }
  nt_hit hit;
  std::vector<std::byte>* steps_of_packet = nullptr;
  if (head.kind == NT_HIT && record.size() >= sizeof(hit) && !steps_.empty()) {
    std::memcpy(&hit, record.data(), sizeof(hit));
    if (!(hit.sections & ~every_section) && record.size() >= hit_bytes(hit.sections)) {
      steps_of_packet = steps_.find(hit.tracking_id);
    }
  }
  if (steps_of_packet == nullptr || steps_of_packet->empty()) {
    callback(record);
    return;
  }
  nt_deferred steps;
  std::memcpy(&steps, steps_of_packet->data(), sizeof(steps));
  steps_of_packet->clear();
  expand(steps, hit, record, callback);
  callback(record);
  if (lacks_first_end(steps) && steps.steps[0].skb != hit.subject) {
    callback(bytes_of(nt_tracking{.head = {.time_ns = steps.first_end_ns, .kind = NT_END, .cpu = 0},
                                  .tracking_id = steps.tracking_id,
                                  .skb = steps.steps[0].skb,
                                  .other = 0}));
  }
}

// Two CPUs may find at once that a packet is slow: the second time is ignored.
void DeferredSteps::store(std::span<const std::byte> record) {
  uint64_t tracking_id = 0;
  std::memcpy(&tracking_id, record.data() + offsetof(nt_deferred, tracking_id),
              sizeof(tracking_id));
  steps_.add(tracking_id, {record.begin(), record.end()});
}

}  // namespace nettrace
