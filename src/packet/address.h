// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// IPv4 and IPv6 addresses and prefixes, as written by people.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nettrace {

// An IP address in network order; IPv4 uses the first 4 bytes, the rest is zero.
struct Address {
  enum class Family : uint8_t { none, ipv4, ipv6 };

  Family family = Family::none;
  std::array<uint8_t, 16> bytes{};

  static Address ipv4(std::span<const uint8_t> four_bytes);
  static Address ipv6(std::span<const uint8_t> sixteen_bytes);

  bool operator==(const Address&) const = default;
};

// "10.0.0.1", "fe80::1"; empty for Family::none.
std::string to_string(const Address& address);
// Writes it to where max_address_text bytes have room; returns the end.
inline constexpr size_t max_address_text = 46;
char* put_address(const Address& address, char* to);

// "10.0.0.1", "10.0.0.0/8", "fe80::/10".
struct Prefix {
  Address address;     // host bits are cleared
  uint8_t length = 0;  // bits

  bool operator==(const Prefix&) const = default;
};

// An address alone is a prefix of all its bits.
Result<Prefix> parse_prefix(std::string_view text);
// "10.0.0.0/8"; the address alone where the prefix is one address.
std::string to_string(const Prefix& prefix);

// Ones for the prefix's bits, in network order; IPv4 uses the first 4 bytes.
std::array<uint8_t, 16> mask(const Prefix& prefix);
// Some address is in both.
bool overlap(const Prefix& a, const Prefix& b);

}  // namespace nettrace
