// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Writes a recording, in one file or in a rotation of several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/byte_stream.h"
#include "event/source.h"
#include "recording/chunk.h"
#include "recording/header.h"
#include "recording/rotation.h"

namespace nettrace {

// Where a result is a bool, false means that whoever reads the recording through a pipe has gone.
// After an error, every call gives it again: nothing is written behind a gap.
class RecordingWriter {
 public:
  // Opens and begins the first file. "-" has no limits.
  static Result<RecordingWriter> create(std::string path, const RecordingHeader& header,
                                        RotationLimits limits, SinkOpener opener);

  // A record as the kernel side sent it.
  Result<bool> record(std::span<const std::byte> bytes);
  // Before the first record whose stack needs it; one that was written already costs little.
  void symbol(uint64_t address, std::string_view name, std::string_view module);
  // Counted from the start of the trace.
  void losses(const Losses& losses);
  // Records between these times (ns, their clock) were lost: `lost` since the start.
  void gap(uint64_t from_ns, uint64_t to_ns, const Losses& of_ring);

  // What was given so far reaches the file; else it does so in large portions.
  Result<bool> flush();
  // The orderly end.
  Result<bool> finish();

  // Of every file, before its first record.
  size_t header_bytes() const { return start_.size(); }
  // Records that are gone with the files that were overwritten.
  uint64_t overwritten() const { return overwritten_; }

 private:
  RecordingWriter(std::string path, RotationLimits limits, SinkOpener opener, std::string start);
  Result<bool> open_next();
  Result<bool> rotate();
  void append(ChunkType type, std::string_view payload);
  void append_losses();
  bool is_full() const;

  std::string path_;
  RotationLimits limits_;
  SinkOpener opener_;
  std::string start_;                     // of every file: the header
  std::string symbols_;                   // chunks, also for the files to come
  std::unordered_set<uint64_t> written_;  // addresses in symbols_
  Losses losses_;
  std::unique_ptr<ByteSink> sink_;
  std::string buffer_;
  std::optional<Error> error_;
  uint64_t files_ = 0;               // opened
  uint64_t file_bytes_ = 0;          // given to the file that is open, buffer_ included
  uint64_t file_records_ = 0;        // in it
  std::deque<uint64_t> full_files_;  // their records, with RotationLimits::files; the oldest first
  uint64_t overwritten_ = 0;
};

}  // namespace nettrace
