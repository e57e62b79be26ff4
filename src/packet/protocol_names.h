// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Names of L3 protocols (ethertypes) and L4 protocols (IP protocol numbers), one table each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace nettrace {

// A number may have several names: the first one in the table is the one to show.
struct ProtocolName {
  std::string_view name;  // lower case, as users type it
  uint16_t number;        // L3: ethertype, host order (linux/if_ether.h); L4: IPPROTO_*
};

// In the order of the numbers.
std::span<const ProtocolName> ethertypes();
std::span<const ProtocolName> l4_protocols();

// Any case.
std::optional<uint16_t> ethertype_by_name(std::string_view name);
std::optional<uint8_t> l4_proto_by_name(std::string_view name);

// Upper case, as in the output: "LLDP", "SCTP"; empty where the table has none.
std::string_view ethertype_name(uint16_t ethertype);
std::string_view l4_proto_name(uint8_t l4_proto);

}  // namespace nettrace
