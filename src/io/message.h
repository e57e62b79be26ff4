// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said on standard error, a line each.
#pragma once

#include <string_view>

#include "base/result.h"

namespace nettrace {

void note(std::string_view line);
void warn(std::string_view line);
void complain(const Error& error);

}  // namespace nettrace
