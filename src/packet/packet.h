// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Header bytes -> addresses, ports, flags. Each protocol is a file and a row in a table
// (protocols.h); this is the value that they fill.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "nettrace/sections.h"
#include "packet/address.h"

namespace nettrace {

struct Ports {
  uint16_t source = 0;       // host order
  uint16_t destination = 0;  // host order
};

struct Tcp {
  uint32_t seq = 0;
  uint32_t ack = 0;
  uint8_t flags = 0;  // byte 13 of the header
};

struct Icmp {
  uint8_t type = 0;
  uint8_t code = 0;
  std::optional<uint16_t> id, seq;  // of echo messages, host order
};

// What could be read of a packet; an empty optional was not there or lies beyond the bytes
// recorded, and so does an address of Family::none.
struct Packet {
  uint16_t ethertype = 0;           // L3 protocol, host order; 0: unknown
  Address source, destination;      // ARP: sender and target
  std::optional<uint8_t> l4_proto;  // IPPROTO_*, behind IPv6's extension headers
  uint8_t extensions = 0;           // those headers, see has_extension()
  uint32_t fragment_offset = 0;     // bytes; not 0: a later fragment, which has no L4 header
  std::optional<Ports> ports;
  std::optional<Tcp> tcp;
  std::optional<uint16_t> udp_len;  // the header's own length field, bytes: header and payload
  std::optional<Icmp> icmp;         // ICMP and ICMPv6
  std::optional<uint16_t> arp_op;   // ARPOP_*, host order
};

// An IPv6 extension header of this number (IPPROTO_*) was met on the way to the L4 protocol.
bool has_extension(const Packet& packet, uint8_t number);

// Fills a fresh packet; `recorded`'s lengths and offsets are checked already (decode() does).
void parse_packet(const nt_packet& recorded, Packet& packet);

// What these two write is printable ASCII without quotes and backslashes, to where so many bytes
// have room; they return the end.

// "TCP", "GRE", "LLDP", "IP" where the IP header says no more; else the number, that of IP
// protocols as tcpdump writes it; nothing where even that is unknown.
inline constexpr size_t max_protocol_name = 24;
char* put_protocol(const Packet& packet, char* to);

// The original nettrace's text: "ICMP: 10.35.13.63 -> 9.135.224.89, ping request   , seq: 1". What
// could not be read is left out, down to the bare name of the protocol.
inline constexpr size_t max_summary_text = 320;
char* put_summary(const Packet& packet, char* to);

}  // namespace nettrace
