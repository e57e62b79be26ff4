// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the kernel's verifier says of a program that it refuses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

// The last lines, each cut to a length that fits a terminal's few.
std::vector<std::string> log_tail(std::string_view log, size_t max_lines);

// The sentence that names the cause: the last line that is no statistic. Empty: there is none.
std::string refusal_reason(std::string_view log);

}  // namespace nettrace
