// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// nettrace(8), made of the tables of options and of their rules.
#pragma once

#include <string>

namespace nettrace {

// In the language of man(7).
std::string man_page();

}  // namespace nettrace
