// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options of what is counted and measured in place of being shown, and of the latency that a
// packet must have.
#pragma once

#include <optional>

#include "cli/option_table.h"
#include "cli/options.h"

namespace nettrace {

std::optional<Error> read_table_options(const CommandLine& line, Options& options);

}  // namespace nettrace
