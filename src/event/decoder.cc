// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A record's bytes -> what it tells, or a refusal.
#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "event/event.h"

namespace nettrace {
namespace {

bool within(uint16_t offset, uint16_t header_len) {
  return offset == NT_NO_OFFSET || offset <= header_len;
}

// The name of at most NT_NAME_BYTES at `offset`, which lies inside the record.
std::string_view name_at(std::span<const std::byte> bytes, size_t offset) {
  const char* name = reinterpret_cast<const char*>(bytes.data() + offset);
  return {name, strnlen(name, NT_NAME_BYTES)};
}

Error damaged(std::string what) { return trace_error("damaged record: " + std::move(what)); }

// T begins at the bytes' start.
template <typename T>
std::optional<T> copy_of(std::span<const std::byte> bytes) {
  T copy;
  if (bytes.size() < sizeof(copy)) return std::nullopt;
  std::memcpy(&copy, bytes.data(), sizeof(copy));
  return copy;
}

Error too_short(std::span<const std::byte> bytes, size_t wanted) {
  return damaged(fmt::format("{} bytes instead of {}", bytes.size(), wanted));
}

std::optional<Error> decode_stack(Event& event) {
  const auto stack = event.section<nt_stack>();
  if (stack.size > sizeof(stack.frames) || stack.size % sizeof(stack.frames[0]) != 0) {
    return damaged(fmt::format("a stack of {} bytes", stack.size));
  }
  const size_t at = section_offset(event.sections, NT_SECTION_STACK) + offsetof(nt_stack, frames);
  event.stack = event.record.subspan(at, stack.size);
  return std::nullopt;
}

std::optional<Error> check_offsets(const nt_packet& packet) {
  if (packet.header_len > NT_HEADER_BYTES) {
    return damaged(
        fmt::format("{} header bytes, at most {} fit", packet.header_len, NT_HEADER_BYTES));
  }
  if (within(packet.l3_offset, packet.header_len) && within(packet.l4_offset, packet.header_len)) {
    return std::nullopt;
  }
  return damaged(fmt::format("layers at {} and {} of {} header bytes", packet.l3_offset,
                             packet.l4_offset, packet.header_len));
}

std::optional<Error> decode_packet(Event& event) {
  nt_packet packet;  // the record's may be unaligned
  std::memcpy(&packet, event.record.data() + section_offset(event.sections, NT_SECTION_PACKET),
              sizeof(packet));
  if (auto error = check_offsets(packet)) return error;
  event.len = packet.len;
  parse_packet(packet, event.packet);
  return std::nullopt;
}

std::optional<Error> decode_hit(std::span<const std::byte> bytes, Event& event) {
  const auto hit = copy_of<nt_hit>(bytes);
  if (!hit) return too_short(bytes, sizeof(nt_hit));
  if (hit->sections & ~every_section) {
    return damaged(fmt::format("unknown sections {:#x}", hit->sections));
  }
  if (hit->subject_kind != NT_SUBJECT_SKB) {
    return damaged(fmt::format("a hit with an unknown kind of subject, {}", hit->subject_kind));
  }
  const size_t size = hit_bytes(hit->sections);
  if (bytes.size() < size) return too_short(bytes, size);
  event.time_ns = hit->head.time_ns;
  event.skb = hit->subject;
  event.tracking_id = hit->tracking_id;
  event.call = hit->call;
  event.leaf = hit->leaf;
  event.cpu = hit->head.cpu;
  event.at_return = (hit->flags & NT_AT_RETURN) != 0;
  event.sections = hit->sections;
  event.record = bytes.first(size);
  if (event.has(NT_SECTION_PACKET)) {
    if (auto error = decode_packet(event)) return error;
  }
  return event.has(NT_SECTION_STACK) ? decode_stack(event) : std::nullopt;
}

std::optional<Error> decode_return(std::span<const std::byte> bytes, Return& result) {
  const auto record = copy_of<nt_return>(bytes);
  if (!record) return too_short(bytes, sizeof(nt_return));
  result = {.time_ns = record->head.time_ns, .call = record->call, .value = record->value};
  return std::nullopt;
}

std::optional<Error> decode_tracking(std::span<const std::byte> bytes, TrackingChange::Kind kind,
                                     TrackingChange& change) {
  const auto record = copy_of<nt_tracking>(bytes);
  if (!record) return too_short(bytes, sizeof(nt_tracking));
  change = {.kind = kind,
            .time_ns = record->head.time_ns,
            .tracking_id = record->tracking_id,
            .skb = record->skb,
            .other = record->other};
  return std::nullopt;
}

}  // namespace

// skb->dev shares its memory with the links of queues that are trees (struct sk_buff): what is read
// through it there is no device. A name has no blanks or control characters (dev_valid_name), and
// UTF-8 no 0xff, which every kernel address has.
std::string_view Event::device_name() const {
  if (section<nt_device>().ifindex == 0) return {};
  const std::string_view name =
      name_at(record, section_offset(sections, NT_SECTION_DEVICE) + offsetof(nt_device, name));
  const bool is_name = std::none_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f || byte == 0xff;
  });
  return is_name ? name : std::string_view();
}

std::string_view Event::comm() const {
  if (!has(NT_SECTION_TASK)) return {};
  return name_at(record, section_offset(sections, NT_SECTION_TASK) + offsetof(nt_task, comm));
}

std::optional<Error> decode(std::span<const std::byte> bytes, Record& record) {
  const auto head = copy_of<nt_head>(bytes);
  if (!head) return too_short(bytes, sizeof(nt_head));
  switch (head->kind) {
    case NT_HIT:
      return decode_hit(bytes, record.emplace<Event>());
    case NT_RETURN:
      return decode_return(bytes, record.emplace<Return>());
    case NT_JOIN:
      return decode_tracking(bytes, TrackingChange::Kind::joined, record.emplace<TrackingChange>());
    case NT_END:
      return decode_tracking(bytes, TrackingChange::Kind::ended, record.emplace<TrackingChange>());
    case NT_MERGED:
      return decode_tracking(bytes, TrackingChange::Kind::merged, record.emplace<TrackingChange>());
    default:
      return damaged(fmt::format("unknown kind {}", head->kind));
  }
}

Result<Record> decode(std::span<const std::byte> bytes) {
  Record record;
  if (auto error = decode(bytes, record)) return *error;
  return record;
}

}  // namespace nettrace
