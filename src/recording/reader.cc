// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/foreign_text.h"
#include "base/json_reader.h"

namespace nettrace {
namespace {

using nlohmann::json;

constexpr size_t symbol_head_bytes = 12;  // address and the lengths of two names
constexpr JsonLimits chunk_limits{.bytes = max_chunk_bytes, .depth = 16, .values = 1024};

std::string printable(std::span<const std::byte> bytes) {
  std::string text;
  append_printable(text_of(bytes), text);
  return text;
}

// `size` bytes, or fewer where the source ends before. Memory is taken for what is there, not for
// what a damaged header says.
Result<std::vector<std::byte>> read_up_to(ByteSource& source, size_t size) {
  std::vector<std::byte> bytes;
  while (bytes.size() < size) {
    const size_t before = bytes.size();
    bytes.resize(std::min(size, before + portion_bytes));
    const auto got = source.read(std::span(bytes).subspan(before));
    if (!got) return got.error();
    bytes.resize(before + *got);
    if (*got == 0) break;
  }
  return bytes;
}

// An object of the format's JSON; nothing where it is none.
std::optional<json> read_object(std::span<const std::byte> payload) {
  auto value = read_json(text_of(payload), "chunk", chunk_limits);
  if (!value || !value->is_object()) return std::nullopt;
  return std::move(*value);
}

// 0 where there is no such counter.
uint64_t counter(const json& object, std::string_view name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_unsigned() ? found->get<uint64_t>() : 0;
}

}  // namespace

RecordingReader::RecordingReader(std::unique_ptr<ByteSource> source, SymbolCallback symbol_callback,
                                 RecordingHeader header, TracerTree tree, uint64_t header_end)
    : source_(std::move(source)),
      symbol_callback_(std::move(symbol_callback)),
      header_(std::move(header)),
      tree_(std::move(tree)),
      fitter_(header_.layouts),
      chunks_(std::string(source_->name()), header_end) {}

Result<std::unique_ptr<RecordingReader>> RecordingReader::open(std::unique_ptr<ByteSource> source,
                                                               SymbolCallback symbol_callback) {
  const std::string name(source->name());
  const auto preamble = read_up_to(*source, preamble_bytes);
  if (!preamble) return preamble.error();
  const auto length = read_preamble(*preamble, name);
  if (!length) return length.error();
  const auto text = read_up_to(*source, *length);
  if (!text) return text.error();
  if (text->size() < *length) return cut_off_in_header(name);
  auto header = decode_header(text_of(*text), name);
  if (!header) return header.error();
  auto tree = recorded_tree(*header, name);
  if (!tree) return tree.error();
  return std::unique_ptr<RecordingReader>(
      new RecordingReader(std::move(source), std::move(symbol_callback), std::move(*header),
                          std::move(*tree), preamble_bytes + *length));
}

Result<bool> RecordingReader::take(const RecordCallback& callback) {
  if (at_end_) return false;
  const auto size = source_->read(chunks_.room());
  if (!size) return size.error();
  cut_off_ = at_end_ = *size == 0;
  chunks_.push(*size);
  while (!at_end_) {
    const auto chunk = chunks_.next();
    if (!chunk) return chunk.error();
    if (!*chunk) return true;
    if (const auto read = read_chunk(**chunk, callback); !read) return read.error();
  }
  return false;
}

Result<Done> RecordingReader::read_chunk(const Chunk& chunk, const RecordCallback& callback) {
  switch (chunk.type) {
    case ChunkType::record:
      ++records_;
      if (const auto record = fitter_.fit(chunk.payload); !record.empty()) callback(record);
      return Done{};
    case ChunkType::symbol:
      return read_symbol(chunk.payload);
    case ChunkType::losses:
      return read_losses(chunk.payload);
    case ChunkType::gap:
      return read_gap(chunk.payload);
    case ChunkType::end:
      return read_end(chunk.payload);
  }
  return Done{};  // of a later version
}

Result<Done> RecordingReader::read_symbol(std::span<const std::byte> payload) {
  if (payload.size() < symbol_head_bytes) return chunks_.damaged("a symbol is too short");
  const size_t name_bytes = read_le(payload.subspan(8), 2);
  const size_t module_bytes = read_le(payload.subspan(10), 2);
  const auto names = payload.subspan(symbol_head_bytes);
  if (names.size() < name_bytes + module_bytes) {
    return chunks_.damaged("the names of a symbol are longer than their chunk");
  }
  symbol_callback_(read_le(payload, 8),
                   printable(names.first(std::min(name_bytes, max_symbol_name))),
                   printable(names.subspan(name_bytes, std::min(module_bytes, max_symbol_name))));
  return Done{};
}

Result<Done> RecordingReader::read_losses(std::span<const std::byte> payload) {
  const auto counters = read_object(payload);
  if (!counters) return chunks_.damaged("the losses are no JSON object");
  for (const LossCause& cause : loss_causes()) losses_.*cause.count = counter(*counters, cause.key);
  return Done{};
}

Result<Done> RecordingReader::read_gap(std::span<const std::byte> payload) {
  if (payload.size() < 16) return chunks_.damaged("a gap is too short");
  gap_callback_(read_le(payload, 8), read_le(payload.subspan(8), 8));
  return Done{};
}

Result<Done> RecordingReader::read_end(std::span<const std::byte> payload) {
  const auto totals = read_object(payload);
  if (!totals) return chunks_.damaged("the totals at its end are no JSON object");
  if (const uint64_t records = counter(*totals, "records"); records != records_) {
    return chunks_.damaged(
        fmt::format("{} records were written, {} were found", records, records_));
  }
  at_end_ = true;
  return Done{};
}

std::optional<std::string> RecordingReader::truncated() const {
  if (!cut_off_) return std::nullopt;
  return fmt::format(
      "{} is cut off after {} bytes: {} records were read, the end is missing (nettrace is still "
      "writing it, was killed, or the disk was full)",
      source_->name(), chunks_.bytes_pushed(), records_);
}

}  // namespace nettrace
