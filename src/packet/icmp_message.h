// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What ICMP and ICMPv6 have in common: a message is a type and a code, each with a name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "packet/packet.h"

namespace nettrace {

struct IcmpType {
  uint8_t type;
  bool is_echo;  // identifier and sequence number follow
  std::string_view name;
  std::span<const std::string_view> codes = {};  // names, by code
};

void parse_icmp_message(std::span<const IcmpType> types, Bytes header, Packet& packet);

// ", ping request   , seq: 1", ", dest unreachable, port unreachable", ", type 200, code 0".
char* put_icmp_message(std::span<const IcmpType> types, const Packet& packet, char* to);

}  // namespace nettrace
