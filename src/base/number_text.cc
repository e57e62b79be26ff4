// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/number_text.h"

#include <fmt/core.h>

#include <charconv>

#include "base/digits.h"

namespace nettrace {

std::optional<uint64_t> parse_number(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, hex ? 16 : 10);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc() ? number : UINT64_MAX;
}

std::string counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void append_number(uint64_t number, std::string& out) {
  char text[max_digits];
  out.append(text, static_cast<size_t>(put_number(number, text) - text));
}

void append_number(uint64_t number, size_t width, std::string& out) {
  const size_t length = digits::count(number);
  if (length < width) out.append(width - length, '0');
  append_number(number, out);
}

void append_hex(uint64_t number, std::string& out) {
  char text[max_hex_digits];
  out.append(text, static_cast<size_t>(put_hex(number, text) - text));
}

}  // namespace nettrace
