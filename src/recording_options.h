// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options about recordings, and what goes with them.
#pragma once

#include <optional>

#include "option_table.h"
#include "options.h"
#include "result.h"

namespace nettrace {

std::optional<Error> read_recording_options(const CommandLine& line, Options& options);

}  // namespace nettrace
