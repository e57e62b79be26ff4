// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A time's length on the command line: 30s, 500ms, 250us.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nettrace {

// Leaves `ns` as it is where there is no word. Errors are usage errors that name the option.
std::optional<Error> read_duration(std::string_view option, const std::optional<std::string>& word,
                                   std::optional<uint64_t>& ns);

}  // namespace nettrace
