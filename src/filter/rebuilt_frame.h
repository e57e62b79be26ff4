// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A recorded packet in the form in which tcpdump would have seen it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nettrace/sections.h"

namespace nettrace {

class RebuiltFrame {
 public:
  // `packet`'s lengths and offsets are checked already (decode() does). Headers that the packet had
  // not yet are made of what its socket said; an Ethernet header that was not there has an
  // ethertype and no addresses.
  // Without `with_tags`, its first VLAN tag is left out.
  RebuiltFrame(const nt_packet& packet, bool with_tags);

  std::span<const std::byte> bytes() const { return std::span(bytes_).first(size_); }
  // Of the packet, bytes; where no IP header tells, what the skb had at that point.
  uint32_t len() const { return len_; }

 private:
  void put(const void* bytes, size_t size);
  void put_type(uint16_t type);
  void put_ethernet(const nt_packet& packet, bool has_l2);
  void put_recorded(const nt_packet& packet);
  void put_planned(const nt_packet& packet);

  static constexpr size_t max_made = 96;  // Ethernet with a tag, IPv6, TCP
  std::array<std::byte, NT_HEADER_BYTES + max_made> bytes_{};
  size_t size_ = 0;
  uint32_t len_ = 0;
  bool with_tags_;
};

}  // namespace nettrace
