// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The command line as a plain value.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "filter/filter.h"
#include "plan/backend.h"
#include "recording/rotation.h"
#include "render/colour.h"
#include "render/columns.h"
#include "render/time_column.h"

namespace nettrace {

struct Options {
  enum class Mode { trace, print_tree, check, version };

  Mode mode = Mode::trace;
  Filter filter;
  std::vector<std::string> tracers = {"all"};  // words of -t, at least one that excludes nothing
  std::vector<const Field*> columns;           // what --output or --detail asked for, in order
  std::optional<std::string> tracer_file;      // --tracer-file
  std::optional<std::string> btf_file;         // --btf
  bool verbose = false;
  bool timeline = false;
  bool skb_mode = false;
  bool returns = false;
  std::vector<std::string> stack_tracers;  // of these leaves and groups
  std::optional<uint64_t> count, limit;    // blocks, lines; at least 1
  std::optional<uint64_t> duration_ns;
  uint64_t idle_timeout_ns = 60'000'000'000;
  std::optional<Backend> backend;      // nothing: the best that the kernel has
  std::optional<uint32_t> ring_bytes;  // a power of two; nothing: as the machine's memory allows

  bool count_only = false;
  bool summary = false;                 // of latency
  std::optional<uint64_t> interval_ns;  // of count_only's and summary's tables
  uint64_t min_latency_ns = 0;          // of a packet, from its first step to the last; 0: any

  bool json = false;
  TimeForm time = TimeForm::boot;
  ColourWhen colour = ColourWhen::automatic;
  std::optional<std::string> write_file, read_file;  // "-": standard output, standard input
  RotationLimits rotation;                           // of write_file
  std::string filter_text;                           // the filter's words as they were given

  // Sections of hits that the columns show.
  SectionBits sections() const {
    SectionBits bits = 0;
    for (const Field* column : columns) bits |= sections_of(*column);
    return bits;
  }
  bool shows(nt_section section) const { return (sections() & bit_of(section)) != 0; }
  bool shows_callers() const { return shows(NT_SECTION_CALLER); }
  bool shows_latency() const {
    return std::any_of(columns.begin(), columns.end(),
                       [](const Field* column) { return column->follows; });
  }
  // Packets have lives; recordings always tell them, for any way to show them later.
  bool follows() const {
    return timeline || skb_mode || shows_latency() || write_file || min_latency_ns != 0;
  }
};

// What -h prints on standard output before a quiet exit with 0.
struct HelpText {
  std::string text;
};

using ParsedOptions = std::variant<Options, HelpText>;

// argv as main() has it. Errors are usage errors.
Result<ParsedOptions> parse_options(int argc, const char* const* argv);

}  // namespace nettrace
