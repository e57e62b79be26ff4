// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "filter/packet_filter.h"

#include <netinet/in.h>

#include "filter/rebuilt_frame.h"

namespace nettrace {
namespace {

constexpr uint8_t whole_address = 128;  // bits; an IPv4 prefix has fewer, and the fewer count

bool contains(const Prefix& prefix, const Address& address) {
  return overlap(prefix, Prefix{.address = address, .length = whole_address});
}

bool addresses_match(const Filter& filter, const Packet& packet) {
  if (filter.saddr && !contains(*filter.saddr, packet.source)) return false;
  if (filter.daddr && !contains(*filter.daddr, packet.destination)) return false;
  return !filter.addr || contains(*filter.addr, packet.source) ||
         contains(*filter.addr, packet.destination);
}

bool protocol_matches(const Filter& filter, const Packet& packet) {
  if (filter.tcp_or_udp && packet.l4_proto != IPPROTO_TCP && packet.l4_proto != IPPROTO_UDP) {
    return false;
  }
  return !filter.l4_proto || packet.l4_proto == filter.l4_proto ||
         has_extension(packet, *filter.l4_proto);
}

bool ports_match(const Filter& filter, const Packet& packet) {
  if (!filter.sport && !filter.dport && !filter.port) return true;
  if (!packet.ports) return false;
  const auto [source, destination] = *packet.ports;
  if (filter.sport && source != filter.sport) return false;
  if (filter.dport && destination != filter.dport) return false;
  return !filter.port || source == filter.port || destination == filter.port;
}

bool flags_match(const Filter& filter, const Packet& packet) {
  if (filter.tcp_flags == 0) return true;
  return packet.tcp && (packet.tcp->flags & filter.tcp_flags) == filter.tcp_flags;
}

bool metadata_matches(const Filter& filter, const Event& event) {
  if (filter.netns_inode && event.section<nt_netns>().inode != filter.netns_inode) return false;
  if (filter.device && event.device_name() != *filter.device) return false;
  if (filter.pid && !event.has(NT_SECTION_TASK)) return false;
  if (filter.pid && event.section<nt_task>().pid != filter.pid) return false;
  if (filter.mark && !event.has(NT_SECTION_MARK)) return false;
  if (filter.mark && (event.section<nt_mark>().value & filter.mark->mask) != filter.mark->value) {
    return false;
  }
  return !filter.len || (event.len >= filter.len->min && event.len <= filter.len->max);
}

bool expression_matches(const Filter& filter, const Event& event) {
  if (!filter.expression) return true;
  const RebuiltFrame frame(event.section<nt_packet>(), filter.expression->wants_tags());
  return filter.expression->matches(frame.bytes(), frame.len());
}

}  // namespace

bool matches(const Filter& filter, const Packet& packet) {
  if (filter.ethertype && packet.ethertype != filter.ethertype) return false;
  return addresses_match(filter, packet) && protocol_matches(filter, packet) &&
         ports_match(filter, packet) && flags_match(filter, packet);
}

bool matches(const Filter& filter, const Event& event) {
  return metadata_matches(filter, event) && matches(filter, event.packet) &&
         expression_matches(filter, event);
}

}  // namespace nettrace
