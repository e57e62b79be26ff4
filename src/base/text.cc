// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/text.h"

#include <fmt/core.h>

namespace nettrace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (;;) {
    const size_t end = text.find(separator);
    pieces.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void append_lines(std::span<const std::string> lines, size_t max_lines, std::string& out) {
  const size_t left_out = lines.size() > max_lines ? lines.size() - (max_lines - 1) : 0;
  for (const std::string& line : lines.first(lines.size() - left_out)) {
    out += line;
    out += '\n';
  }
  if (left_out > 0) out += fmt::format("… {} more\n", left_out);
}

}  // namespace nettrace
