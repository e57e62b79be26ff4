// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The counterpart of bpf/match/expression.h, which shows packets to expressions while they pass.
#include "filter/rebuilt_frame.h"

#include <net/ethernet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>

#include <algorithm>
#include <cstring>

namespace nettrace {
namespace {

constexpr size_t addresses_bytes = size_t{2} * ETH_ALEN;
constexpr size_t tag_bytes = 4;
constexpr size_t offsets_of_l3[] = {ETH_HLEN, ETH_HLEN + tag_bytes, ETH_HLEN + 2 * tag_bytes};

// What the IP header at `l3` says of the packet's length from there on, bytes; 0: it does not.
uint32_t ip_length(std::span<const std::byte> l3, uint16_t ethertype) {
  if (ethertype == ETHERTYPE_IP && l3.size() >= sizeof(iphdr)) {
    iphdr ip;
    std::memcpy(&ip, l3.data(), sizeof(ip));
    return ntohs(ip.tot_len);
  }
  if (ethertype == ETHERTYPE_IPV6 && l3.size() >= sizeof(ip6_hdr)) {
    ip6_hdr ip;
    std::memcpy(&ip, l3.data(), sizeof(ip));
    const uint16_t payload = ntohs(ip.ip6_plen);  // 0: a jumbogram
    return payload == 0 ? 0 : payload + static_cast<uint32_t>(sizeof(ip));
  }
  return 0;
}

}  // namespace

RebuiltFrame::RebuiltFrame(const nt_packet& packet, bool with_tags)
    : len_(packet.len), with_tags_(with_tags) {
  if (packet.flags & NT_HAS_FLOW) {
    put_planned(packet);
  } else if (packet.l3_offset != NT_NO_OFFSET) {
    put_recorded(packet);
  }
}

void RebuiltFrame::put_recorded(const nt_packet& packet) {
  const bool has_l2 = std::find(std::begin(offsets_of_l3), std::end(offsets_of_l3),
                                packet.l3_offset) != std::end(offsets_of_l3);
  put_ethernet(packet, has_l2);
  const bool tag_in_packet =
      has_l2 && packet.l3_offset > ETH_HLEN && !(packet.flags & NT_HAS_VLAN_TAG);
  const size_t hidden = tag_in_packet && !with_tags_ ? tag_bytes : 0;
  const size_t start = has_l2 ? addresses_bytes + hidden : packet.l3_offset;
  put(packet.header + start, packet.header_len - start);
  const std::span header(reinterpret_cast<const std::byte*>(packet.header), packet.header_len);
  const uint32_t from_l3 = ip_length(header.subspan(packet.l3_offset), packet.ethertype);
  if (from_l3 != 0) len_ = from_l3 + (has_l2 ? packet.l3_offset - hidden : ETH_HLEN);
}

void RebuiltFrame::put(const void* bytes, size_t size) {
  std::memcpy(bytes_.data() + size_, bytes, size);
  size_ += size;
}

void RebuiltFrame::put_type(uint16_t type) {
  const uint16_t in_network_order = htons(type);
  put(&in_network_order, sizeof(in_network_order));
}

// The addresses and the tag; without an Ethernet header also the type behind them.
void RebuiltFrame::put_ethernet(const nt_packet& packet, bool has_l2) {
  constexpr uint8_t no_addresses[addresses_bytes] = {};
  put(has_l2 ? packet.header : no_addresses, addresses_bytes);
  if (with_tags_ && packet.flags & NT_HAS_VLAN_TAG) {
    put_type(ETHERTYPE_VLAN);
    put_type(packet.vlan_tci);
  }
  if (!has_l2) put_type(packet.ethertype);
}

void RebuiltFrame::put_planned(const nt_packet& packet) {
  const nt_flow& flow = packet.flow;
  put_ethernet(packet, false);
  if (packet.ethertype == ETHERTYPE_IP) {
    iphdr ip{};
    ip.version = 4;
    ip.ihl = sizeof(ip) / 4;
    ip.protocol = flow.l4_proto;
    std::memcpy(&ip.saddr, flow.saddr, sizeof(ip.saddr));
    std::memcpy(&ip.daddr, flow.daddr, sizeof(ip.daddr));
    put(&ip, sizeof(ip));
  } else {
    ip6_hdr ip{};
    ip.ip6_vfc = 6 << 4;
    ip.ip6_nxt = flow.l4_proto;
    std::memcpy(&ip.ip6_src, flow.saddr, sizeof(ip.ip6_src));
    std::memcpy(&ip.ip6_dst, flow.daddr, sizeof(ip.ip6_dst));
    put(&ip, sizeof(ip));
  }
  len_ = packet.len + static_cast<uint32_t>(size_);
  if (packet.l4_offset != NT_NO_OFFSET) {
    put(packet.header + packet.l4_offset, packet.header_len - packet.l4_offset);
  } else {
    tcphdr tcp{};  // UDP has its ports in the same place
    tcp.source = flow.sport;
    tcp.dest = flow.dport;
    tcp.seq = htonl(flow.tcp_seq);
    tcp.ack_seq = htonl(flow.tcp_ack);
    tcp.doff = sizeof(tcp) / 4;
    reinterpret_cast<uint8_t*>(&tcp)[13] = flow.tcp_flags;
    put(&tcp, flow.l4_proto == IPPROTO_TCP ? sizeof(tcp) : sizeof(udphdr));
  }
}

}  // namespace nettrace
