// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of --count-only: no records come, the kernel's counters are read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "event/sink.h"
#include "tracer/tree.h"
#include "view/table_sink.h"

namespace nettrace {

struct CountSetup {
  const TracerTree* tree;                               // lives as long as the sink
  std::function<Result<std::vector<uint64_t>>()> read;  // hits so far, by leaf
  TableSetup table;
};

std::unique_ptr<Sink> make_count_sink(CountSetup setup);

}  // namespace nettrace
