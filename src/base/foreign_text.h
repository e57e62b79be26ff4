// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Text that others chose (names of processes and interfaces, words of a command line), made
// harmless for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace nettrace {

// Control characters and bytes that are not UTF-8 become '?'.
void append_printable(std::string_view foreign, std::string& out);

// For a message: 'text', printable, cut to a length that fits a line.
std::string in_quotes(std::string_view foreign);

}  // namespace nettrace
