// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/duration.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/clock.h"
#include "base/foreign_text.h"

namespace nettrace {
namespace {

struct Unit {
  std::string_view name;
  uint64_t ns;
};
constexpr Unit units[] = {{"us", ns_per_us},    {"ms", ns_per_ms},      {"s", ns_per_s},
                          {"m", 60 * ns_per_s}, {"h", 3600 * ns_per_s}, {"", ns_per_s}};

}  // namespace

Result<uint64_t> parse_duration(std::string_view option, std::string_view word) {
  constexpr double max_ns = 1e18;  // some 30 years
  double number = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number, std::chars_format::fixed);
  const std::string_view suffix(stop, static_cast<size_t>(end - stop));
  const auto unit = std::find_if(std::begin(units), std::end(units),
                                 [&](const Unit& each) { return each.name == suffix; });
  const double ns = unit == std::end(units) ? 0 : number * static_cast<double>(unit->ns);
  if (error != std::errc() || !(ns >= 1 && ns <= max_ns)) {  // NaN is neither
    return usage_error(
        fmt::format("{} is not a time", in_quotes(word)),
        fmt::format("{} takes seconds, or a number with us, ms, s, m or h: 30s", option));
  }
  return static_cast<uint64_t>(ns);
}

}  // namespace nettrace
