// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of --latency --summary: packets are measured when they have gone, and not shown.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "event/sink.h"
#include "render/time_column.h"
#include "view/view.h"

namespace nettrace {

struct LatencySetup {
  ViewSetup view;                       // its renderer is not used
  std::optional<uint64_t> interval_ns;  // the table as it is so far, each so often
  bool in_place = false;                // each over the one before: standard output is a terminal
  Format format;
  TimeColumn time;
  std::string greeting;
};

std::unique_ptr<Sink> make_latency_sink(LatencySetup setup);

}  // namespace nettrace
