// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "event/inner_packet.h"

#include <cstring>

#include "event/sections.h"
#include "packet/tunnel.h"

namespace nettrace {

std::span<const std::byte> without_tunnels(std::span<const std::byte> record,
                                           std::vector<std::byte>& memory) {
  nt_hit hit;
  if (record.size() < sizeof(hit)) return record;
  std::memcpy(&hit, record.data(), sizeof(hit));
  if (hit.head.kind != NT_HIT || !(hit.sections & bit_of(NT_SECTION_PACKET))) return record;
  const size_t at = section_offset(hit.sections, NT_SECTION_PACKET);
  nt_packet packet;
  if (record.size() < at + sizeof(packet)) return record;
  std::memcpy(&packet, record.data() + at, sizeof(packet));
  if (!enter_tunnels(packet)) return record;
  memory.assign(record.begin(), record.end());
  std::memcpy(memory.data() + at, &packet, sizeof(packet));
  return memory;
}

}  // namespace nettrace
