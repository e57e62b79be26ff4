// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What expressions see of recorded packets.
#include "filter/rebuilt_frame.h"

#include <gtest/gtest.h>

#include <string>

#include "filter/expression.h"
#include "filter/packet_filter.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using namespace test;

bool matches(const test::HitRecord& record, const std::string& text) {
  const std::string words[] = {text};
  Filter filter;
  auto expression = Expression::compile(words);
  if (!expression) {
    ADD_FAILURE() << text << ": " << expression.error().what;
    return false;
  }
  filter.expression = std::move(*expression);
  return nettrace::matches(filter, event_of(record));
}

const Buffer syn = join({Ipv4{}, tcp(40000, 80, 1, 0, 2)});

TEST(RebuiltFrame, EthernetStaysAsItIs) {
  const test::HitRecord record = ethernet_record_of(ETH_P_IP, syn);
  EXPECT_TRUE(matches(record, "tcp dst port 80 and ether src 02:02:02:02:02:02"));
  EXPECT_FALSE(matches(record, "ether src 02:02:02:02:02:03"));
  EXPECT_EQ(RebuiltFrame(record.packet, true).bytes().size(), ETH_HLEN + syn.size());
}

TEST(RebuiltFrame, WithoutEthernetThereIsAType) {
  EXPECT_TRUE(matches(record_of(ETH_P_IP, syn), "tcp dst port 80 and host 10.0.0.1"));
  EXPECT_TRUE(matches(record_of(ETH_P_ARP, arp(1, "10.0.0.1", "10.0.0.2")), "arp host 10.0.0.2"));
  EXPECT_FALSE(matches(record_of(ETH_P_IP, syn), "ip6"));
}

TEST(RebuiltFrame, ATagInTheSkbIsPutBack) {
  test::HitRecord record = ethernet_record_of(ETH_P_IP, syn);
  record.packet.flags |= NT_HAS_VLAN_TAG;
  record.packet.vlan_tci = 7;
  EXPECT_TRUE(matches(record, "vlan 7 and tcp port 80"));
  EXPECT_FALSE(matches(record, "vlan 8"));
  EXPECT_TRUE(matches(record, "tcp port 80"));
  record.packet.l3_offset = 0;
  std::copy(syn.begin(), syn.end(), record.packet.header);
  EXPECT_TRUE(matches(record, "vlan 7 and tcp port 80"));
}

TEST(RebuiltFrame, TheFirstTagInThePacketIsSeenOnRequest) {
  const Buffer mac(ETH_ALEN, 2), tag = join({word(ETH_P_8021Q), word(7)});
  test::HitRecord record = record_of(ETH_P_IP, join({mac, mac, tag, word(ETH_P_IP), syn}));
  record.packet.l3_offset = ETH_HLEN + 4;
  EXPECT_TRUE(matches(record, "tcp port 80"));
  EXPECT_TRUE(matches(record, "vlan 7 and tcp port 80"));
  EXPECT_FALSE(matches(record, "vlan 8"));
  record = record_of(ETH_P_IP, join({mac, mac, tag, tag, word(ETH_P_IP), syn}));
  record.packet.l3_offset = ETH_HLEN + 8;
  EXPECT_FALSE(matches(record, "tcp port 80"));
  EXPECT_TRUE(matches(record, "vlan 7 and vlan 7 and tcp port 80"));
}

TEST(RebuiltFrame, FarHeadersAreNoEthernet) {
  test::HitRecord record = record_of(ETH_P_IP, join({Buffer(30), syn}));
  record.packet.l3_offset = 30;
  EXPECT_TRUE(matches(record, "tcp port 80"));
}

TEST(RebuiltFrame, APacketToBeIsMadeOfItsFlow) {
  EXPECT_TRUE(matches(flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP),
                      "tcp src port 40000 and dst host 10.0.0.2"));
  EXPECT_TRUE(matches(flow_record_of("fd00::1", "fd00::2", IPPROTO_UDP),
                      "ip6 src host fd00::1 and udp dst port 80"));
  test::HitRecord record = flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  record.packet.flow.tcp_flags = 0x12;
  EXPECT_TRUE(matches(record, "tcp[tcpflags] == tcp-syn|tcp-ack"));
}

TEST(RebuiltFrame, WhatIsBehindAHeaderToBeIsNotKnown) {
  const test::HitRecord udp = flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_UDP);
  EXPECT_TRUE(matches(udp, "udp[0:2] = 40000"));
  EXPECT_FALSE(matches(udp, "udp[10] & 0x80 = 0"));
  EXPECT_FALSE(matches(flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP), "tcp[20] = 0"));
}

TEST(RebuiltFrame, ATransportHeaderThatIsThereIsUsed) {
  test::HitRecord record = flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  const Buffer header = tcp(1, 2, 3, 4, 1);
  std::copy(header.begin(), header.end(), record.packet.header);
  record.packet.header_len = static_cast<uint16_t>(header.size());
  record.packet.l4_offset = 0;
  EXPECT_TRUE(matches(record, "tcp dst port 2 and tcp[tcpflags] & tcp-fin != 0"));
  record.packet.len = 72;
  EXPECT_EQ(RebuiltFrame(record.packet, true).len(), 72u + ETH_HLEN + 20u);
}

TEST(RebuiltFrame, ItsLengthIsTheOneOfTheWire) {
  Buffer packet = syn;
  packet[2] = 4;  // 1024 bytes from the IP header on, most of which were not recorded
  EXPECT_EQ(RebuiltFrame(record_of(ETH_P_IP, packet).packet, true).len(), 1024u + ETH_HLEN);
  EXPECT_EQ(RebuiltFrame(ethernet_record_of(ETH_P_IP, packet).packet, true).len(),
            1024u + ETH_HLEN);
  EXPECT_TRUE(matches(record_of(ETH_P_IP, packet), "greater 1000"));
  const test::HitRecord unknown = record_of(ETH_P_ARP, arp(1, "10.0.0.1", "10.0.0.2"));
  EXPECT_EQ(RebuiltFrame(unknown.packet, true).len(), unknown.packet.len);
}

TEST(RebuiltFrame, NoHeadersAreNoMatch) {
  test::HitRecord record = record_of(0, {});
  record.packet.l3_offset = NT_NO_OFFSET;
  EXPECT_TRUE(RebuiltFrame(record.packet, true).bytes().empty());
  EXPECT_FALSE(matches(record, "ip"));
}

}  // namespace
}  // namespace nettrace
