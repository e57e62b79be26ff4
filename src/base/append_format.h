// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// fmt::format_to() for the end of a string. fmt's own compiles most of fmt wherever it is used.
#pragma once

#include <fmt/core.h>

#include <string>

namespace nettrace {

void append_formatted(fmt::string_view format, fmt::format_args arguments, std::string& out);

template <typename... Arguments>
void append_format(std::string& out, fmt::format_string<Arguments...> format,
                   const Arguments&... arguments) {
  append_formatted(format, fmt::make_format_args(arguments...), out);
}

}  // namespace nettrace
