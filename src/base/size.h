// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// "64k", "32m": sizes as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nettrace {

// A number of `unit` bytes, or with k, m or g (either case) of 1024, 1024² or 1024³ bytes; nothing
// if it is none or 0. The number is below 2³².
std::optional<uint64_t> parse_size(std::string_view word, uint64_t unit);

}  // namespace nettrace
