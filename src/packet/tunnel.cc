// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "packet/tunnel.h"

#include <linux/if_ether.h>
#include <netinet/in.h>

#include <cstring>
#include <optional>

#include "base/bytes.h"
#include "nettrace/tunnel.h"

namespace nettrace {
namespace {

constexpr size_t udp_bytes = 8;
constexpr size_t ethernet_bytes = 14;
constexpr size_t vlan_tag_bytes = 4;
constexpr uint16_t min_ethertype = 0x600;  // less is a length (IEEE 802.3)

// Where the headers of a packet are, from the begin of the recorded bytes.
struct HeaderOffsets {
  size_t l2;  // with has_l2
  bool has_l2;
  size_t l3;
  uint16_t ethertype;  // of L3
};

struct Payload {
  size_t at;
  uint8_t protocol;
};

std::optional<Payload> ip_payload(Bytes header, const HeaderOffsets& offsets) {
  const Bytes ip = header.subspan(offsets.l3);
  if (offsets.ethertype == ETH_P_IP && ip.size() >= ipv4_min_bytes) {
    const bool is_later_fragment = (be16(ip, 6) & 0x1fffU) != 0;
    if (is_later_fragment) return std::nullopt;
    return Payload{offsets.l3 + (ip[0] & size_t{0xf}) * 4, ip[9]};
  }
  if (offsets.ethertype == ETH_P_IPV6 && ip.size() >= ipv6_bytes) {
    return Payload{offsets.l3 + ipv6_bytes, ip[6]};
  }
  return std::nullopt;
}

// Where an Ethernet frame's payload is.
std::optional<HeaderOffsets> in_frame(Bytes header, size_t l2) {
  size_t at = l2 + ethernet_bytes;
  for (size_t tags = 0;; ++tags) {
    if (at > header.size()) return std::nullopt;
    const uint16_t type = be16(header, at - 2);
    const bool is_tag = type == ETH_P_8021Q || type == ETH_P_8021AD;
    if (!is_tag || tags == NT_MAX_VLAN_TAGS) {
      return HeaderOffsets{.l2 = l2,
                           .has_l2 = true,
                           .l3 = at,
                           .ethertype = type < min_ethertype ? uint16_t{ETH_P_802_2} : type};
    }
    at += vlan_tag_bytes;
  }
}

// Behind a tunnel's own header: an ethertype, or ETH_P_TEB for a frame; 0: it is no tunnel.
uint16_t pass_tunnel(Bytes header, Payload& payload) {
  if (payload.at > header.size()) return 0;
  const Bytes here = header.subspan(payload.at);
  switch (payload.protocol) {
    case IPPROTO_IPIP:
      return ETH_P_IP;
    case IPPROTO_IPV6:
      return ETH_P_IPV6;
    case IPPROTO_GRE:
      if (here.size() < 4 || (be16(here, 0) & NT_GRE_UNKNOWN) != 0) return 0;
      payload.at += static_cast<size_t>(NT_GRE_BYTES(be16(here, 0)));
      return be16(here, 2);
    case IPPROTO_UDP:
      if (here.size() < udp_bytes + 4) return 0;
      payload.at += udp_bytes;
      if (NT_IS_VXLAN_PORT(be16(here, 2))) {
        payload.at += NT_VXLAN_BYTES;
        return ETH_P_TEB;
      }
      if (be16(here, 2) != NT_GENEVE_PORT) return 0;
      payload.at += static_cast<size_t>(NT_GENEVE_BYTES(be16(here, udp_bytes)));
      return be16(here, udp_bytes + 2);
    default:
      return 0;
  }
}

std::optional<HeaderOffsets> enter_tunnel(Bytes header, const HeaderOffsets& offsets) {
  auto payload = ip_payload(header, offsets);
  if (!payload) return std::nullopt;
  const uint16_t inside = pass_tunnel(header, *payload);
  if (inside == ETH_P_TEB) return in_frame(header, payload->at);
  if ((inside != ETH_P_IP && inside != ETH_P_IPV6) || payload->at >= header.size()) {
    return std::nullopt;
  }
  return HeaderOffsets{.l2 = 0, .has_l2 = false, .l3 = payload->at, .ethertype = inside};
}

// The header bytes begin with the first layer of `offsets`.
void move_to(const HeaderOffsets& offsets, nt_packet& packet) {
  const size_t start = offsets.has_l2 ? offsets.l2 : offsets.l3;
  std::memmove(packet.header, packet.header + start, packet.header_len - start);
  packet.header_len = static_cast<__u16>(packet.header_len - start);
  packet.l3_offset = static_cast<__u16>(offsets.l3 - start);
  packet.ethertype = offsets.ethertype;
  packet.flags &= static_cast<__u16>(~NT_HAS_VLAN_TAG);  // it was the outer packet's
  packet.vlan_tci = 0;
}

}  // namespace

bool enter_tunnels(nt_packet& packet) {
  if (packet.header_len > sizeof(packet.header) || packet.l3_offset >= packet.header_len) {
    return false;
  }
  const Bytes header(packet.header, packet.header_len);
  HeaderOffsets offsets{
      .l2 = 0, .has_l2 = false, .l3 = packet.l3_offset, .ethertype = packet.ethertype};
  bool entered = false;
  for (int tunnels = 0; tunnels < NT_MAX_TUNNELS; ++tunnels) {
    const auto inside = enter_tunnel(header, offsets);
    if (!inside || inside->l3 >= header.size()) break;
    offsets = *inside;
    entered = true;
  }
  if (entered) move_to(offsets, packet);
  return entered;
}

}  // namespace nettrace
