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

// skb->dev shares its memory with the links of queues that are trees (struct sk_buff): what is read
// through it there is no device. A name has no blanks or control characters (dev_valid_name), and
// UTF-8 no 0xff, which every kernel address has.
bool is_device(const nt_record& record, std::string_view name) {
  return record.ifindex > 0 && !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= ' ' || byte == 0x7f || byte == 0xff;
         });
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

Result<std::span<const std::byte>> decode_stack(std::span<const std::byte> bytes) {
  const auto stack = copy_of<nt_stack>(bytes);
  if (!stack) return too_short(bytes, sizeof(nt_stack));
  if (stack->size > sizeof(stack->frames) || stack->size % sizeof(stack->frames[0]) != 0) {
    return damaged(fmt::format("a stack of {} bytes", stack->size));
  }
  return bytes.subspan(offsetof(nt_stack, frames), stack->size);
}

std::optional<Error> check_offsets(const nt_record& record) {
  if (record.header_len > NT_HEADER_BYTES) {
    return damaged(
        fmt::format("{} header bytes, at most {} fit", record.header_len, NT_HEADER_BYTES));
  }
  if (within(record.l3_offset, record.header_len) && within(record.l4_offset, record.header_len)) {
    return std::nullopt;
  }
  return damaged(fmt::format("layers at {} and {} of {} header bytes", record.l3_offset,
                             record.l4_offset, record.header_len));
}

std::optional<Error> decode_hit(std::span<const std::byte> bytes, Event& event) {
  const auto record = copy_of<nt_record>(bytes);
  if (!record) return too_short(bytes, sizeof(nt_record));
  if (auto error = check_offsets(*record)) return error;
  if (record->flags & NT_HAS_STACK) {
    const auto stack = decode_stack(bytes.subspan(sizeof(*record)));
    if (!stack) return stack.error();
    event.stack = *stack;
  }
  event.time_ns = record->head.time_ns;
  event.skb = record->skb;
  event.tracking_id = record->tracking_id;
  event.call = record->call;
  event.leaf = record->leaf;
  event.pid = record->pid;
  event.cpu = record->head.cpu;
  event.comm = name_at(bytes, offsetof(nt_record, comm));
  event.len = record->len;
  event.mark = record->mark;
  event.netns = record->netns;
  event.caller = record->caller;
  event.at_return = (record->flags & NT_AT_RETURN) != 0;
  const std::string_view ifname = name_at(bytes, offsetof(nt_record, ifname));
  if (is_device(*record, ifname)) {
    event.ifindex = record->ifindex;
    event.ifname = ifname;
  }
  parse_packet(*record, event.packet);
  event.record = bytes.first(sizeof(*record));
  return std::nullopt;
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
      return decode_tracking(bytes, TrackingChange::Kind::taken, record.emplace<TrackingChange>());
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
