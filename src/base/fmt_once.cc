// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// fmt's own functions, compiled here and nowhere else: its header-only form would compile them with
// every file, which takes two thirds of a build, and Debian has no archive of it to link
// statically.
#include <fmt/format-inl.h>

#include <iterator>

#include "base/append_format.h"

namespace fmt::detail {

template auto thousands_sep_impl<char>(locale_ref) -> thousands_sep_result<char>;
template auto decimal_point_impl<char>(locale_ref) -> char;

}  // namespace fmt::detail

namespace nettrace {

void append_formatted(fmt::string_view format, fmt::format_args arguments, std::string& out) {
  fmt::vformat_to(std::back_inserter(out), format, arguments);
}

}  // namespace nettrace
