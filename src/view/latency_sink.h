// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of --latency --summary: packets are measured when they have gone, and not shown.
#pragma once

#include <memory>

#include "event/sink.h"
#include "view/table_sink.h"
#include "view/view.h"

namespace nettrace {

struct LatencySetup {
  ViewSetup view;
  TableSetup table;
};

std::unique_ptr<Sink> make_latency_sink(LatencySetup setup);

}  // namespace nettrace
