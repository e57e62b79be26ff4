// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Options that were given where they cannot be.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace nettrace {

struct Given {
  bool is_given;
  std::string_view name;
};

inline std::optional<std::string_view> first_given(const std::vector<Given>& options) {
  for (const Given& option : options) {
    if (option.is_given) return option.name;
  }
  return std::nullopt;
}

}  // namespace nettrace
