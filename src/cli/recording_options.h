// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options about recordings, and what goes with them.
#pragma once

#include <optional>

#include "base/result.h"
#include "cli/option_table.h"
#include "cli/options.h"

namespace nettrace {

std::optional<Error> read_recording_options(const CommandLine& line, Options& options);

}  // namespace nettrace
