// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A time's length on the command line: 30s, 500ms, 250us.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace nettrace {

// In nanoseconds, at least one. Errors are usage errors that name the option.
Result<uint64_t> parse_duration(std::string_view option, std::string_view word);

}  // namespace nettrace
