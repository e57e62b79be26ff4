// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What a recording says of itself before the first record (docs/recording-format.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "event/argument.h"
#include "event/return_value.h"
#include "recording/record_layout.h"
#include "tracer/tree.h"

namespace nettrace {

// A leaf that was selected.
struct RecordedLeaf {
  uint32_t number = 0;  // nt_hit.leaf; index into TracerTree::leaves
  std::string name;
  ReturnType returns{};                 // Kind::unknown: it was not asked, or nothing is known
  std::vector<ArgumentType> args = {};  // nt_args.values

  bool operator==(const RecordedLeaf&) const = default;
};

struct RecordingHeader {
  std::string nettrace_version;
  std::string kernel_release;  // uname -r
  std::string filter;          // the words that were given, for people: "-p tcp --dport 80"
  std::string tracer_json;     // the text that the numbers of the leaves come from
  std::vector<RecordedLeaf> leaves;
  int64_t realtime_offset_ns = 0;  // CLOCK_REALTIME minus CLOCK_MONOTONIC at the start
  bool skb_mode = false;           // NT_PRECHECK_TRACKED
  bool returns = false;            // of functions, with their values
  bool stacks = false;
  bool callers = false;  // hits have the section `caller`
  RecordLayouts layouts = own_layouts();

  bool operator==(const RecordingHeader&) const = default;
};

inline constexpr size_t preamble_bytes = 16;              // magic, version, length of the JSON
inline constexpr size_t max_recording_header = 32 << 20;  // bytes of JSON

// The start of a file: the preamble and the JSON.
Result<std::string> encode_header(const RecordingHeader& header);

// `name` is the recording's in messages; `bytes` may be fewer than preamble_bytes, where a file is
// that short. Gives the length of the JSON.
Result<size_t> read_preamble(std::span<const std::byte> bytes, std::string_view name);
// The error for fewer bytes than that.
Error cut_off_in_header(std::string_view name);
// Texts are made printable.
Result<RecordingHeader> decode_header(std::string_view json_text, std::string_view name);

// The tree that the leaves of the records are numbered by.
Result<TracerTree> recorded_tree(const RecordingHeader& header, std::string_view name);

}  // namespace nettrace
