// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/legacy_hit.h"

#include <algorithm>
#include <cstring>

#include "event/sections.h"
#include "nettrace/record.h"

namespace nettrace {
namespace {

// include/nettrace/record.h of release 0.1.
struct LegacyHit {
  nt_head head;
  uint64_t skb;
  uint64_t life;
  uint64_t call;
  uint32_t leaf;
  uint32_t pid;
  uint32_t ifindex;
  char ifname[NT_NAME_BYTES];
  char comm[NT_NAME_BYTES];
  uint32_t len;
  uint16_t ethertype;
  uint16_t flags;
  uint16_t vlan_tci;
  uint16_t header_len;
  uint16_t l3_offset;
  uint16_t l4_offset;
  uint32_t pad;
  nt_flow flow;
  uint8_t header[NT_HEADER_BYTES];
  uint64_t caller;
  uint32_t mark;
  uint32_t netns;
};
static_assert(sizeof(LegacyHit) == last_legacy_hit_bytes);
static_assert(offsetof(LegacyHit, caller) == first_legacy_hit_bytes);

constexpr uint16_t legacy_at_return = 1 << 3;
constexpr uint16_t legacy_has_stack = 1 << 4;
constexpr uint16_t packet_flags = NT_HAS_FLOW | NT_HAS_TCP_STATE | NT_HAS_VLAN_TAG;

nt_packet packet_of(const LegacyHit& legacy) {
  nt_packet packet{};
  packet.len = legacy.len;
  packet.ethertype = legacy.ethertype;
  packet.flags = legacy.flags & packet_flags;
  packet.vlan_tci = legacy.vlan_tci;
  packet.header_len = legacy.header_len;
  packet.l3_offset = legacy.l3_offset;
  packet.l4_offset = legacy.l4_offset;
  packet.flow = legacy.flow;
  std::memcpy(packet.header, legacy.header, sizeof(packet.header));
  return packet;
}

// Appends sections in their order, and knows which there are.
class Sections {
 public:
  explicit Sections(std::vector<std::byte>& hit) : hit_(hit) {}

  template <typename Section>
  void add(const Section& section) {
    add(section_of<Section>, std::as_bytes(std::span(&section, 1)));
  }
  void add(nt_section section, std::span<const std::byte> bytes) {
    bits_ |= bit_of(section);
    hit_.insert(hit_.end(), bytes.begin(), bytes.end());
  }
  SectionBits bits() const { return bits_; }

 private:
  std::vector<std::byte>& hit_;
  SectionBits bits_ = 0;
};

void add_sections(const LegacyHit& legacy, bool has_metadata, Sections& sections) {
  sections.add(packet_of(legacy));
  nt_device device{.ifindex = legacy.ifindex, .name = {}, .pad = 0};
  std::memcpy(device.name, legacy.ifname, sizeof(device.name));
  sections.add(device);
  nt_task task{.pid = legacy.pid, .comm = {}, .pad = 0};
  std::memcpy(task.comm, legacy.comm, sizeof(task.comm));
  sections.add(task);
  if (has_metadata) {
    sections.add(nt_netns{.inode = legacy.netns, .pad = 0});
    sections.add(nt_mark{.value = legacy.mark, .pad = 0});
  }
  if (legacy.caller != 0) sections.add(nt_caller{.address = legacy.caller});
}

}  // namespace

bool from_legacy(std::span<const std::byte> record, size_t size, std::vector<std::byte>& hit) {
  LegacyHit legacy{};
  std::memcpy(&legacy, record.data(), std::min({size, record.size(), sizeof(legacy)}));
  nt_hit head{.head = legacy.head,
              .subject = legacy.skb,
              .tracking_id = legacy.life,
              .call = legacy.call,
              .leaf = legacy.leaf,
              .sections = 0,
              .subject_kind = NT_SUBJECT_SKB,
              .flags = static_cast<__u8>(legacy.flags & legacy_at_return ? NT_AT_RETURN : 0)};
  hit.assign(sizeof(head), std::byte{0});
  Sections sections(hit);
  add_sections(legacy, size >= last_legacy_hit_bytes, sections);
  if (legacy.flags & legacy_has_stack) {
    const auto stack = record.subspan(std::min(size, record.size()));
    if (stack.size() < sizeof(nt_stack)) return false;
    sections.add(NT_SECTION_STACK, stack.first(sizeof(nt_stack)));
  }
  head.sections = sections.bits();
  std::memcpy(hit.data(), &head, sizeof(head));
  return true;
}

}  // namespace nettrace
