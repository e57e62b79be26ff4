// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line that stands on the terminal of standard error for a while; whoever writes to that terminal
// erases it first.
#pragma once

#include <string_view>

namespace nettrace {

// Elsewhere than on a terminal, and in the background of one, nothing is shown.
bool can_show_status();
// In place of the one before; cut to the terminal's width.
void show_status(std::string_view line);
void erase_status();

}  // namespace nettrace
