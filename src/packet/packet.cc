// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The L3 headers, which lead to a row of the table of protocols; the row does the rest.
#include "packet/packet.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/digits.h"
#include "packet/protocol_names.h"
#include "packet/protocols.h"

namespace nettrace {
namespace {

constexpr size_t extension_min_bytes = 8;

// By L4 protocol, its row in the table, of which it has one; else the table's size.
constexpr auto l4_rows = [] {
  std::array<uint8_t, 256> rows{};
  rows.fill(protocols.size());
  for (size_t row = 0; row < protocols.size(); ++row) {
    if (!protocols[row].l4_proto) continue;
    uint8_t& of_l4 = rows[*protocols[row].l4_proto];
    if (of_l4 != protocols.size()) throw "two rows";  // and the compiler stops here
    of_l4 = static_cast<uint8_t>(row);
  }
  return rows;
}();

const Protocol* find_protocol(const Packet& packet) {
  if (packet.l4_proto) {
    const uint8_t row = l4_rows[*packet.l4_proto];
    if (row == protocols.size()) return nullptr;
    const uint16_t l3 = protocols[row].ethertype;
    const bool in_l3 = l3 == 0 ? is_ip(packet.ethertype) : l3 == packet.ethertype;
    return in_l3 ? &protocols[row] : nullptr;
  }
  const auto* const found = std::find_if(
      protocols.begin(), protocols.end(),
      [&](const Protocol& row) { return !row.l4_proto && row.ethertype == packet.ethertype; });
  return found == protocols.end() ? nullptr : found;
}

// The header of the protocol that the packet's numbers name.
void parse_header(Bytes header, Packet& packet) {
  const Protocol* protocol = find_protocol(packet);
  if (!protocol) return;
  if (protocol->has_ports && header.size() >= 4) {
    packet.ports = Ports{.source = be16(header, 0), .destination = be16(header, 2)};
  }
  if (protocol->parse) protocol->parse(header, packet);
}

// The length field is not consulted: on the way out, the kernel writes it after the first leaves.
void parse_ipv4(Bytes header, Packet& packet) {
  if (header.size() < ipv4_min_bytes || header[0] >> 4 != 4) return;
  packet.source = Address::ipv4(header.subspan(12, 4));
  packet.destination = Address::ipv4(header.subspan(16, 4));
  packet.l4_proto = header[9];
  packet.fragment_offset = (be16(header, 6) & 0x1fffU) * 8;
  const size_t length = (header[0] & size_t{0xf}) * 4;
  if (packet.fragment_offset != 0 || length < ipv4_min_bytes || length > header.size()) return;
  parse_header(header.subspan(length), packet);
}

constexpr std::array<uint8_t, 6> extensions = {IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT,
                                               IPPROTO_DSTOPTS, IPPROTO_AH,      IPPROTO_MH};

// The bit in Packet::extensions; 0: it is no extension header.
uint8_t extension_bit(uint8_t number) {
  const auto* const found = std::find(extensions.begin(), extensions.end(), number);
  return found == extensions.end() ? 0 : static_cast<uint8_t>(1 << (found - extensions.begin()));
}

// `length_field` is the second byte, in the units that the kind of header has (RFC 8200, RFC 4302).
size_t extension_bytes(uint8_t number, uint8_t length_field) {
  if (number == IPPROTO_FRAGMENT) return 8;
  if (number == IPPROTO_AH) return (size_t{length_field} + 2) * 4;
  return (size_t{length_field} + 1) * 8;
}

// Walks the extension headers; `bytes` begins with the first and ends up behind the last. Every
// turn consumes at least 8 bytes. Gives the L4 protocol's number, or nothing where the walk could
// not reach it.
std::optional<uint8_t> skip_extensions(uint8_t number, Bytes& bytes, Packet& packet) {
  while (const uint8_t bit = extension_bit(number)) {
    packet.extensions |= bit;
    if (bytes.size() < extension_min_bytes) return std::nullopt;
    const uint8_t next = bytes[0];
    if (number == IPPROTO_MH && next == IPPROTO_NONE) break;  // mobility signalling is the payload
    if (number == IPPROTO_FRAGMENT) {
      packet.fragment_offset = be16(bytes, 2) & 0xfff8U;
      if (packet.fragment_offset != 0) {
        packet.extensions |= extension_bit(next);
        return extension_bit(next) ? std::nullopt : std::optional(next);
      }
    }
    bytes = bytes.subspan(std::min(extension_bytes(number, bytes[1]), bytes.size()));
    number = next;
  }
  return number;
}

void parse_ipv6(Bytes header, Packet& packet) {
  if (header.size() < ipv6_bytes || header[0] >> 4 != 6) return;
  packet.source = Address::ipv6(header.subspan(8, 16));
  packet.destination = Address::ipv6(header.subspan(24, 16));
  Bytes rest = header.subspan(ipv6_bytes);
  packet.l4_proto = skip_extensions(header[6], rest, packet);
  if (packet.l4_proto && packet.fragment_offset == 0) parse_header(rest, packet);
}

// From `offset` to the end of the recorded bytes; nothing where the layer is not recorded.
Bytes header_at(const nt_packet& recorded, uint16_t offset) {
  if (offset == NT_NO_OFFSET) return {};
  return Bytes(recorded.header, recorded.header_len).subspan(offset);
}

// The socket speaks for headers that do not exist yet; a transport header that does knows better.
void parse_flow(const nt_packet& recorded, Packet& packet) {
  const nt_flow& flow = recorded.flow;
  if (packet.ethertype == ETH_P_IP) {
    packet.source = Address::ipv4(Bytes(flow.saddr, 4));
    packet.destination = Address::ipv4(Bytes(flow.daddr, 4));
  } else if (packet.ethertype == ETH_P_IPV6) {
    packet.source = Address::ipv6(flow.saddr);
    packet.destination = Address::ipv6(flow.daddr);
  } else {
    return;
  }
  packet.l4_proto = flow.l4_proto;
  const Protocol* protocol = find_protocol(packet);
  if (protocol && protocol->has_ports) {
    packet.ports = Ports{.source = ntohs(flow.sport), .destination = ntohs(flow.dport)};
  }
  if (flow.l4_proto == IPPROTO_TCP && recorded.flags & NT_HAS_TCP_STATE) {
    packet.tcp = Tcp{.seq = flow.tcp_seq, .ack = flow.tcp_ack, .flags = flow.tcp_flags};
  }
  parse_header(header_at(recorded, recorded.l4_offset), packet);
}

// "TCP", "ip-proto-200", "0x1234"; nothing where even the number is unknown.
char* put_name(const Packet& packet, const Protocol* protocol, char* to) {
  if (protocol) return put_text(protocol->name, to);
  if (packet.l4_proto) {
    const std::string_view name = l4_proto_name(*packet.l4_proto);
    return name.empty() ? put_number(*packet.l4_proto, put_text("ip-proto-", to))
                        : put_text(name, to);
  }
  if (packet.ethertype == 0) return to;
  const std::string_view name = ethertype_name(packet.ethertype);
  if (!name.empty()) return put_text(name, to);
  to = put_text("0x", to);
  digits::put_hex_pair(packet.ethertype >> 8, to);
  digits::put_hex_pair(packet.ethertype & 0xff, to + 2);
  return to + 4;
}

// "10.0.0.1", "10.0.0.1:80", "fe80::1", "[fe80::1]:80".
constexpr size_t max_endpoint_text = 2 + max_address_text + 1 + max_digits;
char* put_endpoint(const Address& address, std::optional<uint16_t> port, char* to) {
  const bool bracketed = port && address.family == Address::Family::ipv6;
  if (bracketed) *to++ = '[';
  to = put_address(address, to);
  if (bracketed) *to++ = ']';
  if (!port) return to;
  *to++ = ':';
  return put_number(*port, to);
}

// Behind the protocol's name.
constexpr std::string_view colon = ": ", arrow = " -> ";
char* put_endpoints(const Packet& packet, char* to) {
  std::optional<uint16_t> source_port;
  std::optional<uint16_t> destination_port;
  if (packet.ports) {
    source_port = packet.ports->source;
    destination_port = packet.ports->destination;
  }
  to = put_endpoint(packet.source, source_port, put_text(colon, to));
  return put_endpoint(packet.destination, destination_port, put_text(arrow, to));
}

static_assert(max_summary_text >= max_protocol_name + colon.size() + arrow.size() +
                                      2 * max_endpoint_text + max_protocol_text);

}  // namespace

bool has_extension(const Packet& packet, uint8_t number) {
  return (packet.extensions & extension_bit(number)) != 0;
}

void parse_packet(const nt_packet& recorded, Packet& packet) {
  packet.ethertype = recorded.ethertype;
  const Bytes header = header_at(recorded, recorded.l3_offset);
  if (recorded.flags & NT_HAS_FLOW) {
    parse_flow(recorded, packet);
  } else if (packet.ethertype == ETH_P_IP) {
    parse_ipv4(header, packet);
  } else if (packet.ethertype == ETH_P_IPV6) {
    parse_ipv6(header, packet);
  } else {
    parse_header(header, packet);
  }
}

char* put_protocol(const Packet& packet, char* to) {
  return put_name(packet, find_protocol(packet), to);
}

char* put_summary(const Packet& packet, char* to) {
  const Protocol* protocol = find_protocol(packet);
  char* end = put_name(packet, protocol, to);
  if (end == to) end = put_text("unknown protocol", to);
  if (packet.source.family != Address::Family::none) end = put_endpoints(packet, end);
  if (packet.fragment_offset != 0) {
    return put_number(packet.fragment_offset, put_text(", fragment, offset:", end));
  }
  return protocol && protocol->put ? protocol->put(packet, end) : end;
}

}  // namespace nettrace
