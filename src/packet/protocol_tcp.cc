// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// TCP (RFC 9293): sequence and acknowledgement numbers, and the flags of byte 13.
#include "base/digits.h"
#include "packet/protocols.h"
#include "packet/tcp_flags.h"

namespace nettrace {
namespace {

// "A,P"; "none", as tcpdump says, where none of the letters applies.
char* put_flags(uint8_t flags, char* to) {
  char* end = to;
  for (const TcpFlag& flag : tcp_flags) {
    if (!(flags & flag.bit)) continue;
    if (end != to) *end++ = ',';
    *end++ = flag.letter;
  }
  return end == to ? put_text("none", to) : end;
}

}  // namespace

void parse_tcp(Bytes header, Packet& packet) {
  if (header.size() < 14) return;
  packet.tcp = Tcp{.seq = be32(header, 4), .ack = be32(header, 8), .flags = header[13]};
}

char* put_tcp(const Packet& packet, char* to) {
  if (!packet.tcp) return to;
  to = put_number(packet.tcp->seq, put_text(", seq:", to));
  to = put_number(packet.tcp->ack, put_text(", ack:", to));
  *to++ = ' ';
  return put_flags(packet.tcp->flags, to);
}

}  // namespace nettrace
