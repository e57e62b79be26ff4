// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Records and headers for tests, built from what a test cares about; the rest is plausible.
#pragma once

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nettrace/record.h"
#include "packet/packet.h"

namespace nettrace::test {

// A hit with every section but those of single leaves (arguments, stack), as the kernel side lays
// it out.
struct HitRecord {
  nt_hit hit;
  nt_packet packet;
  nt_device device;
  nt_task task;
  nt_netns netns;
  nt_mark mark;
  nt_caller caller;
};

inline constexpr uint16_t usual_sections =
    NT_SECTION_BIT(NT_SECTION_PACKET) | NT_SECTION_BIT(NT_SECTION_DEVICE) |
    NT_SECTION_BIT(NT_SECTION_TASK) | NT_SECTION_BIT(NT_SECTION_NETNS) |
    NT_SECTION_BIT(NT_SECTION_MARK) | NT_SECTION_BIT(NT_SECTION_CALLER);

using Buffer = std::vector<uint8_t>;

inline Buffer join(std::initializer_list<Buffer> parts) {
  Buffer all;
  for (const Buffer& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// The first `size` bytes.
inline Buffer cut(Buffer bytes, size_t size) {
  bytes.resize(std::min(size, bytes.size()));
  return bytes;
}

inline Buffer word(uint16_t value) {
  return {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
}
inline Buffer long_word(uint32_t value) {
  return join({word(static_cast<uint16_t>(value >> 16)), word(static_cast<uint16_t>(value))});
}

// The 4 or 16 bytes of an address in network order.
inline Buffer address_bytes(const std::string& text) {
  const bool is_ipv6 = text.find(':') != std::string::npos;
  Buffer bytes(is_ipv6 ? 16 : 4);
  if (inet_pton(is_ipv6 ? AF_INET6 : AF_INET, text.c_str(), bytes.data()) != 1) {
    throw std::invalid_argument(text);
  }
  return bytes;
}

struct Ipv4 {
  std::string source = "10.0.0.1", destination = "10.0.0.2";
  uint8_t protocol = IPPROTO_TCP;
  uint16_t fragment_field = 0;  // flags and offset in units of 8 bytes
  Buffer options = {};          // a multiple of 4 bytes

  operator Buffer() const {
    const auto words = static_cast<uint8_t>(5 + options.size() / 4);
    return join({{static_cast<uint8_t>(0x40 | words), 0},
                 word(0),
                 word(1),
                 word(fragment_field),
                 {64, protocol},
                 word(0),
                 address_bytes(source),
                 address_bytes(destination),
                 options});
  }
};

struct Ipv6 {
  std::string source = "fd00::1", destination = "fd00::2";
  uint8_t next_header = IPPROTO_TCP;

  operator Buffer() const {
    return join({long_word(0x60000000),
                 word(0),
                 {next_header, 64},
                 address_bytes(source),
                 address_bytes(destination)});
  }
};

// `size` bytes of an extension header; `length_field` says how many, in the units of its kind.
inline Buffer extension(uint8_t next_header, uint8_t length_field, size_t size) {
  Buffer bytes(size);
  bytes[0] = next_header;
  bytes[1] = length_field;
  return bytes;
}

// `offset` in bytes, a multiple of 8.
inline Buffer ipv6_fragment(uint8_t next_header, uint16_t offset) {
  return join({{next_header, 0}, word(offset | 1), long_word(7)});
}

inline Buffer tcp(uint16_t source, uint16_t destination, uint32_t seq, uint32_t ack,
                  uint8_t flags) {
  return join({word(source),
               word(destination),
               long_word(seq),
               long_word(ack),
               {0x50, flags},
               word(0xffff),
               word(0),
               word(0)});
}

inline Buffer udp(uint16_t source, uint16_t destination, uint16_t length) {
  return join({word(source), word(destination), word(length), word(0)});
}

// ICMP and ICMPv6.
inline Buffer icmp(uint8_t type, uint8_t code, uint16_t id = 0, uint16_t seq = 0) {
  return join({{type, code}, word(0), word(id), word(seq)});
}

inline Buffer arp(uint16_t operation, const std::string& sender, const std::string& target) {
  const Buffer mac(ETH_ALEN, 2);
  return join({word(1),
               word(ETH_P_IP),
               {ETH_ALEN, 4},
               word(operation),
               mac,
               address_bytes(sender),
               mac,
               address_bytes(target)});
}

// A record whose header bytes begin with L3; what does not fit is left out, as the kernel side
// does.
inline HitRecord record_of(uint16_t ethertype, const Buffer& l3) {
  HitRecord record{};
  record.hit.sections = usual_sections;
  record.hit.head.kind = NT_HIT;
  record.hit.head.time_ns = 453516'922978'000;
  record.hit.subject = 0xffff8887b6260800;
  record.packet.ethertype = ethertype;
  record.packet.len = static_cast<uint32_t>(l3.size());
  record.packet.header_len = static_cast<uint16_t>(std::min<size_t>(l3.size(), NT_HEADER_BYTES));
  record.packet.l3_offset = 0;
  record.packet.l4_offset = NT_NO_OFFSET;
  std::copy_n(l3.begin(), record.packet.header_len, record.packet.header);
  return record;
}

// The same behind an Ethernet header.
inline HitRecord ethernet_record_of(uint16_t ethertype, const Buffer& l3) {
  const Buffer mac(ETH_ALEN, 2);
  HitRecord record = record_of(ethertype, join({mac, mac, word(ethertype), l3}));
  record.packet.l3_offset = ETH_HLEN;
  return record;
}

// A packet without headers: its socket gives `source` and `destination`, ports 40000 and 80.
inline HitRecord flow_record_of(const std::string& source, const std::string& destination,
                                uint8_t l4_proto) {
  const Buffer from = address_bytes(source), to = address_bytes(destination);
  HitRecord record = record_of(from.size() == 4 ? ETH_P_IP : ETH_P_IPV6, {});
  record.packet.flags = NT_HAS_FLOW;
  record.packet.l3_offset = NT_NO_OFFSET;
  std::copy(from.begin(), from.end(), record.packet.flow.saddr);
  std::copy(to.begin(), to.end(), record.packet.flow.daddr);
  record.packet.flow.sport = htons(40000);
  record.packet.flow.dport = htons(80);
  record.packet.flow.l4_proto = l4_proto;
  return record;
}

inline void set_name(char (&field)[NT_NAME_BYTES], std::string_view name) {
  std::memset(field, 0, sizeof(field));
  std::copy_n(name.begin(), std::min(name.size(), sizeof(field)), field);
}

inline std::span<const std::byte> bytes_of(const HitRecord& record) {
  return std::as_bytes(std::span(&record, 1));
}

inline Packet parsed(const HitRecord& record) {
  Packet packet;
  parse_packet(record.packet, packet);
  return packet;
}

// The text of the packet in `record`.
inline std::string summary_of(const HitRecord& record) {
  char text[max_summary_text];
  return {text, put_summary(parsed(record), text)};
}

// Of an L3 packet.
inline std::string summary_of(uint16_t ethertype, const Buffer& l3) {
  return summary_of(record_of(ethertype, l3));
}

}  // namespace nettrace::test
