// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of --count-only: no records come, the kernel's counters are read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "event/sink.h"
#include "render/display_model.h"
#include "render/time_column.h"
#include "tracer/tree.h"

namespace nettrace {

struct CountSetup {
  const TracerTree* tree;                               // lives as long as the sink
  std::function<Result<std::vector<uint64_t>>()> read;  // hits so far, by leaf
  std::optional<uint64_t> interval_ns;  // a table each so often, and one of all at the end
  bool in_place = false;                // each over the one before: standard output is a terminal
  Format format;
  TimeColumn time;
  std::string greeting;
  uint64_t begin_ns;  // CLOCK_MONOTONIC
};

std::unique_ptr<Sink> make_count_sink(CountSetup setup);

}  // namespace nettrace
