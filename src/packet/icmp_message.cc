// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reading and naming an ICMP message, given the names.
#include "packet/icmp_message.h"

#include <algorithm>

#include "base/append_format.h"
#include "base/digits.h"

namespace nettrace {
namespace {

constexpr size_t echo_width = 15;
constexpr size_t max_echo_name = 32;  // "ping request" is the longest

const IcmpType* find_type(std::span<const IcmpType> types, uint8_t number) {
  const auto found = std::find_if(types.begin(), types.end(),
                                  [number](const IcmpType& type) { return type.type == number; });
  return found == types.end() ? nullptr : &*found;
}

// Every line of a ping has it: one append costs less than five.
void append_echo(std::string_view name, uint16_t seq, std::string& out) {
  constexpr std::string_view separator = ", ", label = ", seq: ";
  char text[separator.size() + max_echo_name + label.size() + max_digits];
  char* end = put_text(separator, text);
  char* const padded = end + echo_width;
  end = put_text(name.substr(0, max_echo_name), end);
  while (end < padded) *end++ = ' ';
  end = put_number(seq, put_text(label, end));
  out.append(text, static_cast<size_t>(end - text));
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
    append_echo(type->name, *icmp.seq, out);
  } else {
    append_format(out, ", {}", type->name);
    append_code(*type, icmp.code, out);
  }
}

}  // namespace nettrace
