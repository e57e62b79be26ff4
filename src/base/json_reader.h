// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// JSON text of doubtful origin -> a value of bounded size and depth.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/result.h"

namespace nettrace {

struct JsonLimits {
  size_t bytes = 0;
  size_t depth = 0;   // objects and arrays within each other
  size_t values = 0;  // of any type, anywhere
};

// Text that is not JSON is an error "SOURCE:LINE:COLUMN: ..." (from 1, the column in bytes); a
// limit exceeded, or a field that an object has twice, is "SOURCE: ...". Nothing is built before
// the limits have been checked.
Result<nlohmann::json> read_json(std::string_view text, std::string_view source,
                                 const JsonLimits& limits);

}  // namespace nettrace
