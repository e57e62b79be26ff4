// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What must hold for the text of any record.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>

#include "text_renderer.h"

namespace nettrace::fuzz {

// Renders with every column; aborts unless the result is one line that a terminal can be shown.
inline void check_line(const Event& event) {
  static const TextStyle style = [] {
    TextStyle all;
    for (const Field& field : all_fields()) all.columns.push_back(&field);
    return all;
  }();
  static const Leaf leaf{.name = "function", .module = "module"};
  constexpr size_t longest_line = 400;

  std::string line;
  append_line(style, event, leaf, line);
  if (line.size() > longest_line || line.back() != '\n') std::abort();
  if (std::count_if(line.begin(), line.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      }) != 1) {
    std::abort();
  }
}

}  // namespace nettrace::fuzz
