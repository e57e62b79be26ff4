// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/size.h"

#include <charconv>
#include <string>

#include "base/text.h"

namespace nettrace {

std::optional<uint64_t> parse_size(std::string_view word, uint64_t unit) {
  uint32_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || number == 0) return std::nullopt;
  const std::string suffix = lower_case({stop, static_cast<size_t>(end - stop)});
  if (suffix == "k") {
    unit = 1 << 10;
  } else if (suffix == "m") {
    unit = 1 << 20;
  } else if (suffix == "g") {
    unit = 1 << 30;
  } else if (!suffix.empty()) {
    return std::nullopt;
  }
  return number * unit;
}

}  // namespace nettrace
