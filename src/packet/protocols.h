// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of protocols whose headers are looked into. Each is a protocol_*.cc with the functions
// declared here, and a row below; a protocol without a row is shown by its name or number.
#pragma once

#include <linux/if_ether.h>
#include <netinet/in.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "packet/packet.h"

namespace nettrace {

struct Protocol {
  uint16_t ethertype;               // it lives in this L3 protocol; 0: in IPv4 and in IPv6
  std::optional<uint8_t> l4_proto;  // IPPROTO_*; empty: it is the L3 protocol itself
  std::string_view name;            // as shown
  bool has_ports = false;           // the header starts with source and destination port
  // Fills the protocol's part of the packet from its header, whose bytes may end anywhere.
  void (*parse)(Bytes header, Packet& packet) = nullptr;
  // Writes what follows the addresses, from the comma on: at most max_protocol_text bytes. Returns
  // the end.
  char* (*put)(const Packet& packet, char* to) = nullptr;
};
inline constexpr size_t max_protocol_text = 96;

void parse_arp(Bytes header, Packet& packet);
char* put_arp(const Packet& packet, char* to);
void parse_icmp(Bytes header, Packet& packet);
char* put_icmp(const Packet& packet, char* to);
void parse_icmpv6(Bytes header, Packet& packet);
char* put_icmpv6(const Packet& packet, char* to);
void parse_tcp(Bytes header, Packet& packet);
char* put_tcp(const Packet& packet, char* to);
void parse_udp(Bytes header, Packet& packet);
char* put_udp(const Packet& packet, char* to);

inline constexpr std::array protocols = {
    Protocol{0, IPPROTO_TCP, "TCP", true, parse_tcp, put_tcp},
    Protocol{0, IPPROTO_UDP, "UDP", true, parse_udp, put_udp},
    Protocol{ETH_P_IP, IPPROTO_ICMP, "ICMP", false, parse_icmp, put_icmp},
    Protocol{ETH_P_IPV6, IPPROTO_ICMPV6, "ICMPv6", false, parse_icmpv6, put_icmpv6},
    Protocol{ETH_P_ARP, std::nullopt, "ARP", false, parse_arp, put_arp},
    Protocol{ETH_P_RARP, std::nullopt, "ARP", false, parse_arp, put_arp},
    Protocol{0, IPPROTO_SCTP, "SCTP", true},
    Protocol{0, IPPROTO_DCCP, "DCCP", true},
    Protocol{0, IPPROTO_UDPLITE, "UDPLITE", true},
};

inline bool is_ip(uint16_t ethertype) { return ethertype == ETH_P_IP || ethertype == ETH_P_IPV6; }

}  // namespace nettrace
