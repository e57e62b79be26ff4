// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options about how the running kernel is traced.
#pragma once

#include <optional>

#include "cli/option_table.h"
#include "cli/options.h"

namespace nettrace {

// Fills what they say into `options`.
std::optional<Error> read_live_options(const CommandLine& line, Options& options);

}  // namespace nettrace
