// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of -w: to a recording.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "event/sink.h"
#include "event/symbol_table.h"
#include "recording/writer.h"

namespace nettrace {

// To a recording, with the names of its stacks from `symbols`, which lives as long as the sink.
// `greeting` goes to standard output.
std::unique_ptr<Sink> make_recording_sink(RecordingWriter writer, const SymbolTable& symbols,
                                          uint64_t max_events, std::string greeting);

}  // namespace nettrace
