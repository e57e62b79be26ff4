// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Records of tunnelled packets, and what they are of inside.
#include "event/inner_packet.h"

#include <gtest/gtest.h>

#include <cstring>

#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::Buffer;
using test::join;
using test::word;

const Buffer inner = join({test::Ipv4{.source = "10.7.0.1", .destination = "10.7.0.2"}, word(1000),
                           word(80), Buffer(16)});
const Buffer inner_frame = join({Buffer(12), word(ETH_P_IP), inner});
const Buffer tagged_frame = join({Buffer(12), word(ETH_P_8021Q), word(5), word(ETH_P_IP), inner});

Buffer ip(uint8_t protocol, const Buffer& payload) {
  return join({test::Ipv4{.protocol = protocol}, payload});
}
Buffer udp(uint16_t port, const Buffer& payload) {
  return ip(IPPROTO_UDP, join({word(40000), word(port), word(0), word(0), payload}));
}
Buffer geneve(uint8_t words, uint16_t ethertype, const Buffer& payload) {
  return udp(6081,
             join({{words, 0}, word(ethertype), Buffer(4), Buffer(words * size_t{4}), payload}));
}
Buffer gre(uint16_t flags, uint16_t ethertype, const Buffer& fields, const Buffer& payload) {
  return ip(IPPROTO_GRE, join({word(flags), word(ethertype), fields, payload}));
}

// What the record is shown as.
std::string shown(const Buffer& packet, uint16_t ethertype = ETH_P_IP) {
  const test::HitRecord record = test::record_of(ethertype, packet);
  std::vector<std::byte> memory;
  const auto bytes = without_tunnels(std::as_bytes(std::span(&record, 1)), memory);
  test::HitRecord shown;
  std::memcpy(&shown, bytes.data(), sizeof(shown));
  return test::summary_of(shown);
}

const std::string inside = shown(inner);

TEST(Tunnel, WhatIsInNoneIsItself) {
  EXPECT_TRUE(inside.starts_with("TCP: 10.7.0.1:1000 -> 10.7.0.2:80")) << inside;
  EXPECT_TRUE(shown(udp(53, inner)).starts_with("UDP: 10.0.0.1:40000"));
}

TEST(Tunnel, OfEachKindIsLookedInto) {
  EXPECT_EQ(shown(ip(IPPROTO_IPIP, inner)), inside);
  EXPECT_EQ(shown(udp(4789, join({Buffer(8), inner_frame}))), inside);
  EXPECT_EQ(shown(udp(8472, join({Buffer(8), tagged_frame}))), inside);
  EXPECT_EQ(shown(geneve(0, ETH_P_TEB, inner_frame)), inside);
  EXPECT_EQ(shown(geneve(4, ETH_P_IP, inner)), inside);
  EXPECT_EQ(shown(gre(0, ETH_P_IP, {}, inner)), inside);
  EXPECT_EQ(shown(gre(0xb000, ETH_P_TEB, Buffer(12), tagged_frame)), inside);
}

TEST(Tunnel, OutsideAndInsideMayBeIpv6) {
  const Buffer inner6 = join({test::Ipv6{.source = "fd07::1"}, word(1), word(2), Buffer(16)});
  const std::string inside6 = shown(inner6, ETH_P_IPV6);
  EXPECT_TRUE(inside6.starts_with("TCP: [fd07::1]:1")) << inside6;
  EXPECT_EQ(shown(ip(IPPROTO_IPV6, inner6)), inside6);
  EXPECT_EQ(shown(join({test::Ipv6{.next_header = IPPROTO_IPIP}, inner}), ETH_P_IPV6), inside);
  EXPECT_EQ(shown(join({test::Ipv6{.next_header = IPPROTO_IPV6}, inner6}), ETH_P_IPV6), inside6);
}

TEST(Tunnel, OneInAnotherIsLookedInto) {
  EXPECT_EQ(shown(ip(IPPROTO_IPIP, gre(0, ETH_P_IP, {}, inner))), inside);
}

TEST(Tunnel, TheThirdIsNot) {
  const std::string third = shown(ip(IPPROTO_IPIP, ip(IPPROTO_IPIP, ip(IPPROTO_IPIP, inner))));
  EXPECT_NE(third, inside);
  EXPECT_NE(third.find("10.0.0.1 -> 10.0.0.2"), std::string::npos) << third;
}

TEST(Tunnel, OfAnUnknownGreIsTheOuterOne) {
  EXPECT_TRUE(shown(gre(0x4000, ETH_P_IP, {}, inner)).starts_with("GRE: 10.0.0.1"));
  EXPECT_TRUE(shown(gre(1, ETH_P_IP, {}, inner)).starts_with("GRE: 10.0.0.1"));
}

TEST(Tunnel, CutAnywhereIsNeverReadBeyond) {
  const Buffer whole = udp(4789, join({Buffer(8), tagged_frame}));
  const size_t before_inner = 20 + 8 + 8 + 18;
  for (size_t size = 0; size <= whole.size(); ++size) {
    const std::string text = shown(test::cut(whole, size));
    EXPECT_EQ(text.find("10.7.0.1") != std::string::npos, size >= before_inner + 20)
        << size << text;
  }
  const Buffer options = geneve(63, ETH_P_IP, inner);
  EXPECT_TRUE(shown(options).starts_with("UDP: 10.0.0.1:40000"));
}

TEST(Tunnel, ADamagedRecordIsHandedOnAsItIs) {
  test::HitRecord record = test::record_of(ETH_P_IP, ip(IPPROTO_IPIP, inner));
  const auto is_itself = [&] {
    std::vector<std::byte> memory;
    const auto bytes = std::as_bytes(std::span(&record, 1));
    return without_tunnels(bytes, memory).data() == bytes.data();
  };
  EXPECT_FALSE(is_itself());
  record.packet.l3_offset = record.packet.header_len;
  EXPECT_TRUE(is_itself());
  record.packet.l3_offset = 0;
  record.packet.header_len = NT_HEADER_BYTES + 1;
  EXPECT_TRUE(is_itself());
}

TEST(Tunnel, TheOuterTagIsNotThatOfThePacketInside) {
  test::HitRecord record = test::record_of(ETH_P_IP, ip(IPPROTO_IPIP, inner));
  record.packet.flags = NT_HAS_VLAN_TAG;
  record.packet.vlan_tci = 7;
  std::vector<std::byte> memory;
  const auto bytes = without_tunnels(std::as_bytes(std::span(&record, 1)), memory);
  test::HitRecord moved;
  std::memcpy(&moved, bytes.data(), sizeof(moved));
  EXPECT_EQ(moved.packet.flags, 0);
  EXPECT_EQ(moved.packet.vlan_tci, 0);
}

}  // namespace
}  // namespace nettrace
