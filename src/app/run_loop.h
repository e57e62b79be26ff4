// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// From a source to a sink until one of them, a signal or the time ends it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/result.h"
#include "event/sink.h"
#include "event/source.h"

namespace nettrace {

// From now on SIGINT, SIGTERM and SIGHUP end a run in good order instead of the process.
void catch_signals();
// One of them came.
const std::atomic<bool>& stop_requested();

// `functions`: how many are traced, for the line that a terminal shows until there is something to
// show; 0: there is none.
Result<Done> run_loop(EventSource& source, Sink& sink, std::optional<uint64_t> duration_ns,
                      size_t functions);

}  // namespace nettrace
