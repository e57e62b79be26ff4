// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// ARP and RARP (RFC 826, RFC 903), for IPv4 over links with addresses of any length.
#include <net/if_arp.h>

#include "base/digits.h"
#include "packet/protocols.h"

namespace nettrace {
namespace {

constexpr size_t fixed_part =
    8;  // the addresses follow it: sender's link and IP, target's link and IP

std::string_view operation_name(uint16_t operation) {
  switch (operation) {
    case ARPOP_REQUEST:
      return "request";
    case ARPOP_REPLY:
      return "reply";
    case ARPOP_RREQUEST:
      return "rarp request";
    case ARPOP_RREPLY:
      return "rarp reply";
    default:
      return {};
  }
}

}  // namespace

void parse_arp(Bytes header, Packet& packet) {
  if (header.size() < fixed_part) return;
  packet.arp_op = be16(header, 6);
  const size_t link_length = header[4];
  const size_t ip_length = header[5];
  const size_t sender = fixed_part + link_length;
  const size_t target = sender + ip_length + link_length;
  if (be16(header, 2) != ETH_P_IP || ip_length != 4 || header.size() < target + ip_length) return;
  packet.source = Address::ipv4(header.subspan(sender, ip_length));
  packet.destination = Address::ipv4(header.subspan(target, ip_length));
}

char* put_arp(const Packet& packet, char* to) {
  if (!packet.arp_op) return to;
  const std::string_view name = operation_name(*packet.arp_op);
  return name.empty() ? put_number(*packet.arp_op, put_text(", operation ", to))
                      : put_text(name, put_text(", ", to));
}

}  // namespace nettrace
