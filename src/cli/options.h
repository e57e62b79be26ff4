// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The command line as a plain value.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "event/sink.h"
#include "filter/filter.h"
#include "plan/backend.h"
#include "recording/rotation.h"
#include "render/colour.h"
#include "render/columns.h"
#include "render/time_column.h"

namespace nettrace {

// Each row of the option table (option_table.h) sets one of these, or adds to it.
struct Options {
  enum class Mode { trace, print_tree, check, version, help };

  Mode mode = Mode::trace;
  Filter filter;
  std::string filter_text;             // the filter options as the user wrote them
  std::vector<std::string> tracers;    // words of -t; "all" if none of them selects anything
  std::vector<const Column*> columns;  // of --latency, -o and --detail, in this order
  std::optional<std::string> tracer_file;
  std::optional<std::string> btf_file;
  bool verbose = false;
  bool timeline = false;
  bool skb_mode = false;
  bool returns = false;
  bool stack = false;
  bool force_stack = false;
  std::vector<std::string> stack_tracers;  // leaves and groups whose callers are shown
  std::optional<uint64_t> count, limit;    // blocks, lines; at least 1
  std::optional<uint64_t> duration_ns;
  uint64_t idle_timeout_ns = default_idle_timeout_ns;
  std::optional<Backend> backend;      // nothing: the best that the kernel has
  std::optional<uint32_t> ring_bytes;  // a power of two; nothing: as the machine's memory allows

  bool count_only = false;
  bool summary = false;                 // of latency
  std::optional<uint64_t> interval_ns;  // between the tables of count_only and summary
  uint64_t min_latency_ns = 0;          // of a packet, from its first step to the last; 0: any

  bool json = false;
  TimeForm time = TimeForm::boot;
  ColourWhen colour = ColourWhen::automatic;
  std::optional<std::string> write_file, read_file;  // "-": standard output, standard input
  RotationLimits rotation;                           // of write_file

  // Sections of hits that the columns show.
  SectionBits sections() const {
    SectionBits bits = 0;
    for (const Column* column : columns) bits |= sections_of(*column);
    return bits;
  }
  bool shows(nt_section section) const { return (sections() & bit_of(section)) != 0; }
  bool shows_callers() const { return shows(NT_SECTION_CALLER); }
  bool shows_latency() const {
    return std::any_of(columns.begin(), columns.end(),
                       [](const Column* column) { return column->needs_tracking; });
  }
  // Whether the kernel side tracks skbs. It always does for a recording, which can then be shown in
  // every way.
  bool tracks_skbs() const {
    return timeline || skb_mode || shows_latency() || write_file || min_latency_ns != 0;
  }
};

// argv as main() has it. Errors are usage errors. With --help or --version, only `mode` is set.
Result<Options> parse_options(int argc, const char* const* argv);

}  // namespace nettrace
