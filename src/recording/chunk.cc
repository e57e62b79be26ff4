// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/chunk.h"

#include <fmt/core.h>

#include <algorithm>

namespace nettrace {
namespace {

constexpr size_t head_bytes = 8;  // type and length

void append_le(uint64_t value, size_t size, std::string& out) {
  for (size_t i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
}

// Bytes that are out of step hardly ever look like this: that is what the letters are for.
bool is_chunk_type(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 4, [](std::byte byte) {
    const auto upper = static_cast<char>(byte & std::byte{0xdf});
    return upper >= 'A' && upper <= 'Z';
  });
}

}  // namespace

void append_le16(uint16_t value, std::string& out) { append_le(value, sizeof(value), out); }
void append_le32(uint32_t value, std::string& out) { append_le(value, sizeof(value), out); }
void append_le64(uint64_t value, std::string& out) { append_le(value, sizeof(value), out); }

uint64_t read_le(std::span<const std::byte> bytes, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i > 0; --i) value = value << 8 | static_cast<uint8_t>(bytes[i - 1]);
  return value;
}

void append_chunk(ChunkType type, std::string_view payload, std::string& out) {
  append_le32(static_cast<uint32_t>(type), out);
  append_le32(static_cast<uint32_t>(payload.size()), out);
  out += payload;
}

std::span<std::byte> ChunkParser::room() {
  std::copy(bytes_.begin() + static_cast<ptrdiff_t>(at_),
            bytes_.begin() + static_cast<ptrdiff_t>(size_), bytes_.begin());
  offset_ += at_;
  size_ -= at_;
  at_ = last_ = 0;
  const auto rest = std::span(bytes_).subspan(size_);
  return rest.first(std::min(rest.size(), portion_bytes));
}

Result<std::optional<Chunk>> ChunkParser::next() {
  const auto rest = std::span<const std::byte>(bytes_).first(size_).subspan(at_);
  if (rest.size() < head_bytes) return std::optional<Chunk>();
  last_ = at_;
  if (!is_chunk_type(rest)) return damaged("no chunk begins there");
  const size_t length = read_le(rest.subspan(4), 4);
  if (length > max_chunk_bytes) {
    return damaged(
        fmt::format("a chunk of {} bytes, at most {} are allowed", length, max_chunk_bytes));
  }
  if (rest.size() - head_bytes < length) return std::optional<Chunk>();
  at_ += head_bytes + length;
  return std::optional(Chunk{.type = static_cast<ChunkType>(read_le(rest, 4)),
                             .payload = rest.subspan(head_bytes, length)});
}

Error ChunkParser::damaged(std::string_view why) const {
  return usage_error(fmt::format("{} is damaged at byte {}: {}", name_, offset_ + last_, why),
                     "what comes before that was read; get another copy of the file");
}

}  // namespace nettrace
