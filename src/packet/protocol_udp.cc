// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// UDP (RFC 768): the length that its header states, header included.
#include "base/number_text.h"
#include "packet/protocols.h"

namespace nettrace {

void parse_udp(Bytes header, Packet& packet) {
  if (header.size() < 6) return;
  packet.udp_len = be16(header, 4);
}

void append_udp(const Packet& packet, std::string& out) {
  if (!packet.udp_len) return;
  out += ", len:";
  append_number(*packet.udp_len, out);
}

}  // namespace nettrace
