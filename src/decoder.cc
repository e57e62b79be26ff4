// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A record's bytes -> an event, or a refusal.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "event.h"

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

}  // namespace

Result<Event> decode(std::span<const std::byte> bytes) {
  nt_record record;
  if (bytes.size() < sizeof(record)) {
    return damaged(fmt::format("{} bytes instead of {}", bytes.size(), sizeof(record)));
  }
  std::memcpy(&record, bytes.data(), sizeof(record));
  if (record.header_len > NT_HEADER_BYTES) {
    return damaged(
        fmt::format("{} header bytes, at most {} fit", record.header_len, NT_HEADER_BYTES));
  }
  if (!within(record.l3_offset, record.header_len) ||
      !within(record.l4_offset, record.header_len)) {
    return damaged(fmt::format("layers at {} and {} of {} header bytes", record.l3_offset,
                               record.l4_offset, record.header_len));
  }
  const std::string_view ifname = name_at(bytes, offsetof(nt_record, ifname));
  const bool has_device = is_device(record, ifname);
  return Event{
      .time_ns = record.time_ns,
      .skb = record.skb,
      .leaf = record.leaf,
      .pid = record.pid,
      .cpu = record.cpu,
      .ifindex = has_device ? record.ifindex : 0,
      .ifname = has_device ? ifname : std::string_view(),
      .comm = name_at(bytes, offsetof(nt_record, comm)),
      .len = record.len,
      .packet = parse_packet(record),
  };
}

}  // namespace nettrace
