// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Who asks for whom.
#include <gtest/gtest.h>

#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::join;
using test::summary_of;
using test::word;

std::string operation(uint16_t number) {
  return summary_of(ETH_P_ARP, test::arp(number, "10.0.0.1", "10.0.0.2"));
}

TEST(ProtocolArp, NamesTheOperation) {
  EXPECT_EQ(operation(1), "ARP: 10.0.0.1 -> 10.0.0.2, request");
  EXPECT_EQ(operation(2), "ARP: 10.0.0.1 -> 10.0.0.2, reply");
  EXPECT_EQ(operation(3), "ARP: 10.0.0.1 -> 10.0.0.2, rarp request");
  EXPECT_EQ(operation(4), "ARP: 10.0.0.1 -> 10.0.0.2, rarp reply");
  EXPECT_EQ(operation(9), "ARP: 10.0.0.1 -> 10.0.0.2, operation 9");
}

TEST(ProtocolArp, RarpHasAnEthertypeOfItsOwn) {
  EXPECT_EQ(summary_of(ETH_P_RARP, test::arp(3, "0.0.0.0", "0.0.0.0")),
            "ARP: 0.0.0.0 -> 0.0.0.0, rarp request");
}

TEST(ProtocolArp, LinkAddressesCanBeLong) {
  const test::Buffer link(20, 2);  // IP over InfiniBand
  EXPECT_EQ(summary_of(ETH_P_ARP, join({word(32),
                                        word(ETH_P_IP),
                                        {20, 4},
                                        word(1),
                                        link,
                                        test::address_bytes("10.0.0.1"),
                                        link,
                                        test::address_bytes("10.0.0.2")})),
            "ARP: 10.0.0.1 -> 10.0.0.2, request");
}

TEST(ProtocolArp, AddressesOfOtherProtocolsAreNotShown) {
  auto bytes = test::arp(1, "10.0.0.1", "10.0.0.2");
  bytes[5] = 16;
  EXPECT_EQ(summary_of(ETH_P_ARP, bytes), "ARP, request");
  bytes = test::arp(1, "10.0.0.1", "10.0.0.2");
  bytes[2] = 0x86;
  EXPECT_EQ(summary_of(ETH_P_ARP, bytes), "ARP, request");
}

TEST(ProtocolArp, ACutPacketSaysWhatIsThere) {
  const auto whole = test::arp(2, "10.0.0.1", "10.0.0.2");
  EXPECT_EQ(summary_of(ETH_P_ARP, test::cut(whole, 27)), "ARP, reply");
  EXPECT_EQ(summary_of(ETH_P_ARP, test::cut(whole, 7)), "ARP");
}

TEST(ProtocolArp, ALinkAddressLongerThanThePacketIsNotFollowed) {
  auto bytes = test::arp(1, "10.0.0.1", "10.0.0.2");
  bytes[4] = 255;
  EXPECT_EQ(summary_of(ETH_P_ARP, bytes), "ARP, request");
}

}  // namespace
}  // namespace nettrace
