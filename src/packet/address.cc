// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Addresses as the C library reads and writes them; a prefix is an address, '/', a length.
#include "packet/address.h"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

constexpr const char* forms =
    "give an address such as 10.0.0.1 or fe80::1, or a prefix such as 10.0.0.0/8";

// "0." to "255.": inet_ntop() takes a thousand instructions for four of them.
struct Octet {
  std::array<char, 4> text{};
  uint8_t length = 0;
};
constexpr auto octets = [] {
  std::array<Octet, 256> table{};
  for (size_t i = 0; i < table.size(); ++i) {
    Octet& octet = table[i];
    if (i >= 100) octet.text[octet.length++] = static_cast<char>('0' + i / 100);
    if (i >= 10) octet.text[octet.length++] = static_cast<char>('0' + i / 10 % 10);
    octet.text[octet.length++] = static_cast<char>('0' + i % 10);
    octet.text[octet.length++] = '.';
  }
  return table;
}();

char* put_ipv4(const Address& address, char* to) {
  for (size_t i = 0; i < 4; ++i) {
    const Octet& octet = octets[address.bytes[i]];
    std::memcpy(to, octet.text.data(), octet.text.size());
    to += octet.length;
  }
  return to - 1;  // the last dot
}

std::optional<Address> parse_address(const std::string& text) {
  // The C library stops at a NUL; what follows it would be ignored in silence.
  if (text.find('\0') != std::string::npos) return std::nullopt;
  Address address;
  if (inet_pton(AF_INET, text.c_str(), address.bytes.data()) == 1) {
    address.family = Address::Family::ipv4;
    return address;
  }
  address.bytes.fill(0);
  if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) {
    address.family = Address::Family::ipv6;
    return address;
  }
  return std::nullopt;
}

Error not_an_address(std::string_view text) {
  const size_t percent = text.find('%');
  if (percent != std::string_view::npos && parse_address(std::string(text.substr(0, percent)))) {
    return usage_error(
        fmt::format("{} names an interface: packets carry no such thing", in_quotes(text)),
        fmt::format("leave out {}", in_quotes(text.substr(percent))));
  }
  return usage_error(fmt::format("{} is not an IPv4 or IPv6 address", in_quotes(text)), forms);
}

uint8_t bits_of(Address::Family family) { return family == Address::Family::ipv4 ? 32 : 128; }

Result<uint8_t> parse_length(std::string_view text, std::string_view whole,
                             Address::Family family) {
  const uint8_t longest = bits_of(family);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size() || length > longest) {
    return usage_error(
        fmt::format("{} is not a prefix length in {}", in_quotes(text), in_quotes(whole)),
        fmt::format("{} prefixes have 0 to {} bits",
                    family == Address::Family::ipv4 ? "IPv4" : "IPv6", longest));
  }
  return static_cast<uint8_t>(length);
}

}  // namespace

Address Address::ipv4(std::span<const uint8_t> four_bytes) {
  Address address{.family = Family::ipv4};
  std::copy_n(four_bytes.begin(), 4, address.bytes.begin());
  return address;
}

Address Address::ipv6(std::span<const uint8_t> sixteen_bytes) {
  Address address{.family = Family::ipv6};
  std::copy_n(sixteen_bytes.begin(), 16, address.bytes.begin());
  return address;
}

char* put_address(const Address& address, char* to) {
  switch (address.family) {
    case Address::Family::none:
      return to;
    case Address::Family::ipv4:
      return put_ipv4(address, to);
    case Address::Family::ipv6:
      static_assert(max_address_text >= INET6_ADDRSTRLEN);
      inet_ntop(AF_INET6, address.bytes.data(), to, max_address_text);
      return to + std::strlen(to);
  }
  return to;  // not reached
}

std::string to_string(const Address& address) {
  char text[max_address_text];
  return {text, put_address(address, text)};
}

Result<Prefix> parse_prefix(std::string_view text) {
  const size_t slash = text.find('/');
  const auto address = parse_address(std::string(text.substr(0, slash)));
  if (!address) return not_an_address(text);
  Prefix prefix{*address, bits_of(address->family)};
  if (slash != std::string_view::npos) {
    const auto length = parse_length(text.substr(slash + 1), text, address->family);
    if (!length) return length.error();
    prefix.length = *length;
  }
  const auto network = mask(prefix);
  for (size_t i = 0; i < network.size(); ++i) prefix.address.bytes[i] &= network[i];
  return prefix;
}

std::string to_string(const Prefix& prefix) {
  std::string address = to_string(prefix.address);
  if (prefix.length == bits_of(prefix.address.family)) return address;
  return fmt::format("{}/{}", address, prefix.length);
}

std::array<uint8_t, 16> mask(const Prefix& prefix) {
  std::array<uint8_t, 16> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    const size_t ones = std::clamp<size_t>(prefix.length, i * 8, i * 8 + 8) - i * 8;
    bytes[i] = static_cast<uint8_t>(0xff00u >> ones);
  }
  return bytes;
}

bool overlap(const Prefix& a, const Prefix& b) {
  if (a.address.family != b.address.family) return false;
  const auto shared_mask = mask(a.length < b.length ? a : b);
  for (size_t i = 0; i < shared_mask.size(); ++i) {
    if ((a.address.bytes[i] ^ b.address.bytes[i]) & shared_mask[i]) return false;
  }
  return true;
}

}  // namespace nettrace
