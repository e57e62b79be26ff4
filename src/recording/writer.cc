// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/writer.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace nettrace {
namespace {}  // namespace

RecordingWriter::RecordingWriter(std::string path, RotationLimits limits, SinkOpener opener,
                                 std::string start)
    : path_(std::move(path)),
      limits_(limits),
      opener_(std::move(opener)),
      start_(std::move(start)) {}

Result<RecordingWriter> RecordingWriter::create(std::string path, const RecordingHeader& header,
                                                RotationLimits limits, SinkOpener opener) {
  auto start = encode_header(header);
  if (!start) return start.error();
  RecordingWriter writer(std::move(path), limits, std::move(opener), std::move(*start));
  auto opened = writer.open_next();
  if (opened) opened = writer.flush();
  if (!opened) return opened.error();
  return writer;
}

Result<bool> RecordingWriter::open_next() {
  auto sink = opener_(rotated_path(path_, limits_, files_));
  if (!sink) {
    error_ = sink.error();
    return *error_;
  }
  sink_ = std::move(*sink);
  ++files_;
  buffer_ += start_;
  buffer_ += symbols_;
  file_bytes_ = buffer_.size();
  file_records_ = 0;
  if (losses_.total() > 0) append_losses();
  return true;
}

Result<bool> RecordingWriter::record(std::span<const std::byte> bytes) {
  if (is_full()) {
    auto rotated = rotate();
    if (!rotated || !*rotated) return rotated;
  }
  append(ChunkType::record, text_of(bytes));
  ++file_records_;
  if (buffer_.size() < portion_bytes) return true;
  return flush();
}

void RecordingWriter::symbol(uint64_t address, std::string_view name, std::string_view module) {
  if (!written_.insert(address).second) return;
  name = name.substr(0, max_symbol_name);
  module = module.substr(0, max_symbol_name);
  std::string payload;
  append_le64(address, payload);
  append_le16(static_cast<uint16_t>(name.size()), payload);
  append_le16(static_cast<uint16_t>(module.size()), payload);
  payload += name;
  payload += module;
  append_chunk(ChunkType::symbol, payload, symbols_);
  append(ChunkType::symbol, payload);
}

void RecordingWriter::losses(const Losses& losses) {
  if (losses == losses_) return;
  losses_ = losses;
  append_losses();
}

void RecordingWriter::gap(uint64_t from_ns, uint64_t to_ns, const Losses& of_ring) {
  std::string payload;
  append_le64(from_ns, payload);
  append_le64(to_ns, payload);
  append(ChunkType::gap, payload);
  losses_.ring_full = of_ring.ring_full;
  losses_.rest_full = of_ring.rest_full;
  append_losses();
}

void RecordingWriter::append_losses() {
  nlohmann::json counters;
  for (const LossCause& cause : loss_causes()) counters[cause.key] = losses_.*cause.count;
  append(ChunkType::losses, counters.dump());
}

Result<bool> RecordingWriter::flush() {
  if (!error_) {
    auto written = sink_->write(buffer_);
    buffer_.clear();
    if (written) return written;
    error_ = written.error();
  }
  return *error_;
}

Result<bool> RecordingWriter::finish() {
  append(ChunkType::end, fmt::format("{{\"records\":{}}}", file_records_));
  return flush();
}

// A file holds a record at least, however long its header is.
bool RecordingWriter::is_full() const {
  return limits_.bytes != 0 && file_bytes_ > limits_.bytes && file_records_ > 0;
}

Result<bool> RecordingWriter::rotate() {
  auto finished = finish();
  if (!finished || !*finished) return finished;
  if (limits_.files != 0) {
    full_files_.push_back(file_records_);
    if (full_files_.size() >= limits_.files) {
      overwritten_ += full_files_.front();
      full_files_.pop_front();
    }
  }
  return open_next();
}

void RecordingWriter::append(ChunkType type, std::string_view payload) {
  const size_t before = buffer_.size();
  append_chunk(type, payload, buffer_);
  file_bytes_ += buffer_.size() - before;
}

}  // namespace nettrace
