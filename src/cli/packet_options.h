// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options about packets, their stacks and the end of a trace, and how they go together.
#pragma once

#include <optional>

#include "base/result.h"
#include "cli/option_table.h"
#include "cli/options.h"

namespace nettrace {

// options.tracers is filled already.
std::optional<Error> read_packet_options(const CommandLine& line, Options& options);

}  // namespace nettrace
