// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// UDP (RFC 768): the length that its header states, header included.
#include "base/digits.h"
#include "packet/protocols.h"

namespace nettrace {

void parse_udp(Bytes header, Packet& packet) {
  if (header.size() < 6) return;
  packet.udp_len = be16(header, 4);
}

char* put_udp(const Packet& packet, char* to) {
  return packet.udp_len ? put_number(*packet.udp_len, put_text(", len:", to)) : to;
}

}  // namespace nettrace
