// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The chunks that a recording consists of behind its header (docs/recording-format.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nettrace {

// Four ASCII letters in the file.
constexpr uint32_t chunk_type(const char (&letters)[5]) {
  uint32_t type = 0;
  for (int i = 3; i >= 0; --i) type = type << 8 | static_cast<uint8_t>(letters[i]);
  return type;
}

enum class ChunkType : uint32_t {
  record = chunk_type("RECD"),
  symbol = chunk_type("SYMB"),
  losses = chunk_type("LOSS"),
  gap = chunk_type("GAPS"),
  end = chunk_type("DONE"),
};

inline constexpr size_t max_symbol_name = 1024;  // bytes; the kernel's are shorter (KSYM_NAME_LEN)
inline constexpr size_t max_chunk_bytes = 64 << 10;  // most bytes of a payload
inline constexpr size_t portion_bytes = 64 << 10;    // read or written at once

inline std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Little-endian, as every integer of the format is.
void append_le16(uint16_t value, std::string& out);
void append_le32(uint32_t value, std::string& out);
void append_le64(uint64_t value, std::string& out);
// Of the first `size` bytes, at most 8; the caller has checked that they are there.
uint64_t read_le(std::span<const std::byte> bytes, size_t size);

// `payload` has at most max_chunk_bytes.
void append_chunk(ChunkType type, std::string_view payload, std::string& out);

struct Chunk {
  ChunkType type;                      // a later version's may be none of the above
  std::span<const std::byte> payload;  // lives until the next room()
};

// Bytes in, in portions of any size; chunks out.
class ChunkParser {
 public:
  // `name` is the recording's in messages, `offset` that of the first byte to come.
  ChunkParser(std::string name, uint64_t offset)
      : name_(std::move(name)), offset_(offset), bytes_(max_chunk_bytes + 2 * portion_bytes) {}

  // Where the next bytes go, at most portion_bytes; after next() had nothing more.
  std::span<std::byte> room();
  // So many were put there.
  void push(size_t size) { size_ += size; }
  // Nothing: more bytes are needed. What cannot be a chunk is an error, and stays one.
  Result<std::optional<Chunk>> next();

  // The error for a chunk whose payload makes no sense: the one that next() gave last.
  Error damaged(std::string_view why) const;
  uint64_t bytes_pushed() const { return offset_ + size_; }

 private:
  std::string name_;
  uint64_t offset_;               // of bytes_ in the file
  std::vector<std::byte> bytes_;  // has room for one chunk and one portion
  size_t size_ = 0;               // of what is there
  size_t at_ = 0;                 // of the chunk to come in bytes_
  size_t last_ = 0;               // of the chunk before it
};

}  // namespace nettrace
