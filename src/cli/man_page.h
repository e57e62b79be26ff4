// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// nettrace(8), made of the table of options.
#pragma once

#include <string>

namespace nettrace {

// In man(7)'s language.
std::string man_page();

}  // namespace nettrace
