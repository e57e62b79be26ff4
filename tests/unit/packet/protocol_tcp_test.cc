// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Sequence numbers and flags.
#include <gtest/gtest.h>

#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::join;
using test::summary_of;

std::string with_flags(uint8_t flags) {
  return summary_of(ETH_P_IP, join({test::Ipv4{}, test::tcp(22, 50000, 1, 2, flags)}));
}

const std::string without_flags = "TCP: 10.0.0.1:22 -> 10.0.0.2:50000, seq:1, ack:2 ";

TEST(ProtocolTcp, NumbersAreUnsignedAndWhole) {
  EXPECT_EQ(summary_of(ETH_P_IP,
                       join({test::Ipv4{}, test::tcp(65535, 80, 4294967295, 2147483648, 0x10)})),
            "TCP: 10.0.0.1:65535 -> 10.0.0.2:80, seq:4294967295, ack:2147483648 A");
}

TEST(ProtocolTcp, NamesEachFlag) {
  EXPECT_EQ(with_flags(0x01), without_flags + "F");
  EXPECT_EQ(with_flags(0x02), without_flags + "S");
  EXPECT_EQ(with_flags(0x04), without_flags + "R");
  EXPECT_EQ(with_flags(0x08), without_flags + "P");
  EXPECT_EQ(with_flags(0x10), without_flags + "A");
  EXPECT_EQ(with_flags(0x20), without_flags + "U");
}

TEST(ProtocolTcp, OrdersFlags) {
  EXPECT_EQ(with_flags(0x3f), without_flags + "A,P,S,F,R,U");
  EXPECT_EQ(with_flags(0x12), without_flags + "A,S");
}

TEST(ProtocolTcp, NoFlagIsNotNothing) {
  EXPECT_EQ(with_flags(0), without_flags + "none");
  EXPECT_EQ(with_flags(0xc0), without_flags + "none");  // ECE and CWR have no letter
}

TEST(ProtocolTcp, ACutHeaderLeavesThePorts) {
  const auto whole = join({test::Ipv6{}, test::tcp(22, 50000, 1, 2, 0x10)});
  EXPECT_EQ(summary_of(ETH_P_IPV6, test::cut(whole, 53)), "TCP: [fd00::1]:22 -> [fd00::2]:50000");
  EXPECT_EQ(summary_of(ETH_P_IPV6, test::cut(whole, 43)), "TCP: fd00::1 -> fd00::2");
}

}  // namespace
}  // namespace nettrace
