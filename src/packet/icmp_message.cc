// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reading and naming an ICMP message, given the names.
#include "packet/icmp_message.h"

#include <algorithm>

#include "base/digits.h"
#include "packet/protocols.h"

namespace nettrace {
namespace {

constexpr size_t echo_width = 17;  // with the comma
constexpr size_t max_name = 32;    // of a type or of a code; two of them fit
static_assert(2 * (2 + max_name) <= max_protocol_text);

const IcmpType* find_type(std::span<const IcmpType> types, uint8_t number) {
  const auto found = std::find_if(types.begin(), types.end(),
                                  [number](const IcmpType& type) { return type.type == number; });
  return found == types.end() ? nullptr : &*found;
}

// ", ping request"
char* put_words(std::string_view name, char* to) {
  return put_text(name.substr(0, max_name), put_text(", ", to));
}

char* put_echo(std::string_view name, uint16_t seq, char* to) {
  char* end = put_words(name, to);
  char* const padded = to + echo_width;
  while (end < padded) *end++ = ' ';
  return put_number(seq, put_text(", seq: ", end));
}

char* put_code(const IcmpType& type, uint8_t code, char* to) {
  if (code < type.codes.size()) return put_words(type.codes[code], to);
  return code == 0 ? to : put_number(code, put_text(", code ", to));
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

char* put_icmp_message(std::span<const IcmpType> types, const Packet& packet, char* to) {
  if (!packet.icmp) return to;
  const Icmp& icmp = *packet.icmp;
  const IcmpType* type = find_type(types, icmp.type);
  if (!type) {
    to = put_number(icmp.type, put_text(", type ", to));
    return put_number(icmp.code, put_text(", code ", to));
  }
  if (icmp.seq) return put_echo(type->name, *icmp.seq, to);
  return put_code(*type, icmp.code, put_words(type->name, to));
}

}  // namespace nettrace
