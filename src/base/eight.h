// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Texts, looked at eight characters at a time: every line has some that are checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nettrace::eight {

// The same character eight times.
constexpr uint64_t times(uint8_t c) { return uint64_t{0x0101'0101'0101'0101} * c; }

inline bool is_ascii(uint64_t bytes) { return (bytes & times(0x80)) == 0; }

// Taking one from each sets the highest bit of the first byte that is 0; those of others only where
// it is set already or above that byte.
inline bool has_zero(uint64_t bytes) { return ((bytes - times(1)) & ~bytes & times(0x80)) != 0; }
inline bool has(uint64_t bytes, char c) { return has_zero(bytes ^ times(static_cast<uint8_t>(c))); }

// Something else than ' ' to '~'.
inline bool has_unprintable(uint64_t bytes) {
  return !is_ascii(bytes | (bytes - times(' '))) || has(bytes, 0x7f);
}

// Whether `test` is true for some eight of the text's characters, the last ones filled with blanks.
template <typename Test>
bool any(std::string_view text, Test test) {
  uint64_t bytes = times(' ');
  for (; text.size() >= sizeof(bytes); text.remove_prefix(sizeof(bytes))) {
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    if (test(bytes)) return true;
  }
  bytes = times(' ');
  if (!text.empty()) std::memcpy(&bytes, text.data(), text.size());
  return test(bytes);
}

}  // namespace nettrace::eight
