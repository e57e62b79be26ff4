// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Pieces and lines of a text.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

// Every piece, the empty ones too: one more than there are separators.
std::vector<std::string> split(std::string_view text, char separator);
std::string lower_case(std::string_view text);  // ASCII
// Without blanks and tabs at its ends.
std::string_view trimmed(std::string_view text);

// Appends each line and a newline. Of more than `max_lines`, which is at least 1, the last line
// says how many are left out: "… 12 more".
void append_lines(std::span<const std::string> lines, size_t max_lines, std::string& out);

}  // namespace nettrace
