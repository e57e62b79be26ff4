// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reads a recording back. Whether a record makes sense is for decode() to say: this reads chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.h"
#include "event/source.h"
#include "recording/chunk.h"
#include "recording/header.h"
#include "recording/record_layout.h"

namespace nettrace {

class RecordingReader : public EventSource {
 public:
  // A function that stacks lead through; it comes before the first record that needs it. The texts
  // are printable and valid during the call only.
  using SymbolCallback =
      std::function<void(uint64_t address, std::string_view name, std::string_view module)>;

  // Reads the header and no byte more; waits for it where the source is a pipe.
  static Result<std::unique_ptr<RecordingReader>> open(std::unique_ptr<ByteSource> source,
                                                       SymbolCallback symbol_callback);

  // Between these times (ns, the records' clock) records were lost. Told before the records that
  // came next.
  using GapCallback = std::function<void(uint64_t from_ns, uint64_t to_ns)>;
  void tell_gaps(GapCallback callback) { gap_callback_ = std::move(callback); }

  const RecordingHeader& header() const { return header_; }
  const TracerTree& tree() const { return tree_; }

  int fd() const override { return source_->fd(); }
  // At most what one read() gave. Damage is an error once all that comes before it was taken.
  Result<bool> take(const RecordCallback& callback) override;
  // As of the last record taken.
  Losses losses() const override { return losses_; }
  bool is_live() const override { return false; }

  // A sentence for the user, once take() gave false: the orderly end is missing.
  std::optional<std::string> truncated() const;

 private:
  RecordingReader(std::unique_ptr<ByteSource> source, SymbolCallback symbol_callback,
                  RecordingHeader header, TracerTree tree, uint64_t header_end);
  Result<Done> read_chunk(const Chunk& chunk, const RecordCallback& callback);
  Result<Done> read_symbol(std::span<const std::byte> payload);
  Result<Done> read_losses(std::span<const std::byte> payload);
  Result<Done> read_gap(std::span<const std::byte> payload);
  Result<Done> read_end(std::span<const std::byte> payload);

  std::unique_ptr<ByteSource> source_;
  SymbolCallback symbol_callback_;
  GapCallback gap_callback_ = [](uint64_t, uint64_t) {};
  RecordingHeader header_;
  TracerTree tree_;
  RecordFitter fitter_;
  ChunkParser chunks_;
  Losses losses_;
  uint64_t records_ = 0;
  bool at_end_ = false;  // of the recording, or of what there is of it
  bool cut_off_ = false;
};

}  // namespace nettrace
