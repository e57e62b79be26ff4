// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reading and naming an ICMP message, given the names.
#include "packet/icmp_message.h"

#include <algorithm>

#include "base/append_format.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr size_t echo_width = 15;

const IcmpType* find_type(std::span<const IcmpType> types, uint8_t number) {
  const auto found = std::find_if(types.begin(), types.end(),
                                  [number](const IcmpType& type) { return type.type == number; });
  return found == types.end() ? nullptr : &*found;
}

void append_code(const IcmpType& type, uint8_t code, std::string& out) {
  if (code < type.codes.size()) {
    append_format(out, ", {}", type.codes[code]);
  } else if (code != 0) {
    append_format(out, ", code {}", code);
  }
}

}  // namespace

void parse_icmp_message(std::span<const IcmpType> types, Bytes header, Packet& packet) {
  if (header.size() < 2) return;
  Icmp icmp{.type = header[0], .code = header[1], .id = {}, .seq = {}};
  const IcmpType* type = find_type(types, icmp.type);
  if (type && type->is_echo && header.size() >= 8) {
    icmp.id = be16(header, 4);
    icmp.seq = be16(header, 6);
  }
  packet.icmp = icmp;
}

void append_icmp_message(std::span<const IcmpType> types, const Packet& packet, std::string& out) {
  if (!packet.icmp) return;
  const Icmp& icmp = *packet.icmp;
  const IcmpType* type = find_type(types, icmp.type);
  if (!type) {
    append_format(out, ", type {}, code {}", icmp.type, icmp.code);
  } else if (icmp.seq) {
    out += ", ";
    out += type->name;
    if (type->name.size() < echo_width) out.append(echo_width - type->name.size(), ' ');
    out += ", seq: ";
    append_number(*icmp.seq, out);
  } else {
    append_format(out, ", {}", type->name);
    append_code(*type, icmp.code, out);
  }
}

}  // namespace nettrace
