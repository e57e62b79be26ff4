// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// TCP (RFC 9293): sequence and acknowledgement numbers, and the flags of byte 13.
#include "base/text.h"
#include "packet/protocols.h"
#include "packet/tcp_flags.h"

namespace nettrace {
namespace {

// "A,P"; "none", as tcpdump says, where none of the letters applies.
void append_flags(uint8_t flags, std::string& out) {
  const size_t start = out.size();
  for (const TcpFlag& flag : tcp_flags) {
    if (!(flags & flag.bit)) continue;
    if (out.size() != start) out += ',';
    out += flag.letter;
  }
  if (out.size() == start) out += "none";
}

}  // namespace

void parse_tcp(Bytes header, Packet& packet) {
  if (header.size() < 14) return;
  packet.tcp = Tcp{.seq = be32(header, 4), .ack = be32(header, 8), .flags = header[13]};
}

void append_tcp(const Packet& packet, std::string& out) {
  if (!packet.tcp) return;
  out += ", seq:";
  append_number(packet.tcp->seq, out);
  out += ", ack:";
  append_number(packet.tcp->ack, out);
  out += ' ';
  append_flags(packet.tcp->flags, out);
}

}  // namespace nettrace
