// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What -h prints, made of the table of options.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nettrace {

struct Example {
  std::string_view command;
  std::string_view words;  // what it does
};
std::span<const Example> examples();

std::string help_text();

}  // namespace nettrace
