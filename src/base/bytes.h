// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Header bytes and the integers in them, which are in network order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nettrace {

using Bytes = std::span<const uint8_t>;

inline constexpr size_t ipv4_min_bytes = 20;  // of a header
inline constexpr size_t ipv6_bytes = 40;

// In host order. `at` and the bytes of the integer lie within `bytes`: the caller has checked.
inline uint16_t be16(Bytes bytes, size_t at) {
  return static_cast<uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}
inline uint32_t be32(Bytes bytes, size_t at) {
  return static_cast<uint32_t>(be16(bytes, at)) << 16 | be16(bytes, at + 2);
}

}  // namespace nettrace
