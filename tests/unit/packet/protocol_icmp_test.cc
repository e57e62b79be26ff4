// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What ICMP messages are called.
#include <gtest/gtest.h>

#include "support/record_builder.h"

namespace nettrace {
namespace {

std::string message(uint8_t type, uint8_t code) {
  const test::Ipv4 ip{
      .source = "10.35.13.63", .destination = "9.135.224.89", .protocol = IPPROTO_ICMP};
  return test::summary_of(ETH_P_IP, test::join({ip, test::icmp(type, code, 77, 1)}));
}

const std::string addresses = "ICMP: 10.35.13.63 -> 9.135.224.89, ";

TEST(ProtocolIcmp, PingsAreTheSeeds) {
  EXPECT_EQ(message(8, 0), addresses + "ping request   , seq: 1");
  EXPECT_EQ(message(0, 0), addresses + "ping reply     , seq: 1");
}

TEST(ProtocolIcmp, UnreachableSaysWhat) {
  EXPECT_EQ(message(3, 0), addresses + "dest unreachable, net unreachable");
  EXPECT_EQ(message(3, 1), addresses + "dest unreachable, host unreachable");
  EXPECT_EQ(message(3, 2), addresses + "dest unreachable, protocol unreachable");
  EXPECT_EQ(message(3, 3), addresses + "dest unreachable, port unreachable");
  EXPECT_EQ(message(3, 4), addresses + "dest unreachable, frag needed");
  EXPECT_EQ(message(3, 13), addresses + "dest unreachable, admin prohibited");
  EXPECT_EQ(message(3, 15), addresses + "dest unreachable, precedence cutoff");
  EXPECT_EQ(message(3, 16), addresses + "dest unreachable, code 16");
}

TEST(ProtocolIcmp, OtherMessages) {
  EXPECT_EQ(message(5, 1), addresses + "redirect, for host");
  EXPECT_EQ(message(11, 0), addresses + "time exceeded, ttl exceeded");
  EXPECT_EQ(message(11, 1), addresses + "time exceeded, reassembly timeout");
  EXPECT_EQ(message(13, 0), addresses + "timestamp request");
  EXPECT_EQ(message(255, 1), addresses + "type 255, code 1");
}

}  // namespace
}  // namespace nettrace
