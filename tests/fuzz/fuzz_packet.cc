// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Arbitrary header bytes in a valid record, read as every ethertype and as a socket's packet.
#include <linux/if_ether.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "check_line.h"
#include "event/event.h"

namespace {

// A hit with its first section only.
struct PacketHit {
  nt_hit hit;
  nt_packet packet;
};

void check(const PacketHit& record) {
  const auto decoded = nettrace::decode(std::as_bytes(std::span(&record, 1)));
  if (!decoded) std::abort();
  nettrace::fuzz::check_line(std::get<nettrace::Event>(*decoded));
}

}  // namespace

// The first three bytes are an offset and an ethertype, the others the header.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  PacketHit record{};
  record.hit.head.kind = NT_HIT;
  record.hit.sections = NT_SECTION_BIT(NT_SECTION_PACKET);
  const auto other = static_cast<uint16_t>(data[1] << 8 | data[2]);
  record.packet.header_len = static_cast<uint16_t>(std::min<size_t>(size - 3, NT_HEADER_BYTES));
  std::copy_n(data + 3, record.packet.header_len, record.packet.header);
  const auto offset = static_cast<uint16_t>(data[0] % (record.packet.header_len + 1));
  for (const uint16_t ethertype : {uint16_t{ETH_P_IP}, uint16_t{ETH_P_IPV6}, uint16_t{ETH_P_ARP},
                                   uint16_t{ETH_P_RARP}, uint16_t{0}, other}) {
    record.packet.ethertype = ethertype;
    record.packet.flags = 0;
    record.packet.l3_offset = offset;
    record.packet.l4_offset = NT_NO_OFFSET;
    check(record);
    record.packet.flags = NT_HAS_FLOW | NT_HAS_TCP_STATE;
    record.packet.l3_offset = NT_NO_OFFSET;
    record.packet.l4_offset = offset;
    record.packet.flow.l4_proto = data[1];
    check(record);
  }
  return 0;
}
