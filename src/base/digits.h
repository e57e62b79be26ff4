// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Numbers in digits, written into memory: every line is made of them, so they are kept from
// being general.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nettrace {

inline constexpr size_t max_digits = 20;  // of a uint64_t

namespace digits {

// "00" to "99".
inline constexpr auto pairs = [] {
  std::array<std::array<char, 2>, 100> table{};
  for (size_t i = 0; i < table.size(); ++i) {
    table[i] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
  }
  return table;
}();

// "00" to "ff".
inline constexpr std::string_view hex = "0123456789abcdef";
inline constexpr auto hex_pairs = [] {
  std::array<std::array<char, 2>, 256> table{};
  for (size_t i = 0; i < table.size(); ++i) table[i] = {hex[i / 16], hex[i % 16]};
  return table;
}();

inline void put_pair(uint64_t number, char* to) { std::memcpy(to, pairs[number].data(), 2); }
inline void put_hex_pair(uint64_t byte, char* to) { std::memcpy(to, hex_pairs[byte].data(), 2); }

template <std::unsigned_integral Number>
size_t count(Number number) {
  size_t count = 1;
  for (; number >= 10000; number /= 10000) count += 4;
  return count + (number >= 10 ? 1 : 0) + (number >= 100 ? 1 : 0) + (number >= 1000 ? 1 : 0);
}

}  // namespace digits

// `to` has room for `width` characters; the number's last digits, with zeros in front. Divisions of
// 32 bits take a third less instructions.
template <std::unsigned_integral Number>
void put_digits(Number number, size_t width, char* to) {
  char* at = to + width;
  for (; at - to >= 2; number /= 100) digits::put_pair(number % 100, at -= 2);
  if (at != to) *to = static_cast<char>('0' + number % 10);
}

// `to` has room for max_digits; returns the end of what was written.
template <std::unsigned_integral Number>
char* put_number(Number number, char* to) {
  if constexpr (sizeof(Number) < sizeof(uint32_t)) return put_number(uint32_t{number}, to);
  const size_t width = digits::count(number);
  put_digits(number, width, to);
  return to + width;
}

// The same in hexadecimal: `to` has room for max_hex_digits.
inline constexpr size_t max_hex_digits = 16;  // of a uint64_t
inline char* put_hex(uint64_t number, char* to) {
  const size_t width = (static_cast<size_t>(std::bit_width(number | 1)) + 3) / 4;
  char* at = to + width;
  for (; at - to >= 2; number >>= 8) digits::put_hex_pair(number & 0xff, at -= 2);
  if (at != to) *to = digits::hex[number & 0xf];
  return to + width;
}

// Returns the end, too.
inline char* put_text(std::string_view text, char* to) {
  if (!text.empty()) std::memcpy(to, text.data(), text.size());  // often there is none: no colour
  return to + text.size();
}

}  // namespace nettrace
