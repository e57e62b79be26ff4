// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What ICMPv6 messages are called.
#include <gtest/gtest.h>

#include "support/record_builder.h"

namespace nettrace {
namespace {

std::string message(uint8_t type, uint8_t code) {
  const test::Ipv6 ip{.next_header = IPPROTO_ICMPV6};
  return test::summary_of(ETH_P_IPV6, test::join({ip, test::icmp(type, code, 77, 1)}));
}

const std::string addresses = "ICMPv6: fd00::1 -> fd00::2, ";

TEST(ProtocolIcmpv6, PingsLookLikeThoseOfIcmp) {
  EXPECT_EQ(message(128, 0), addresses + "ping request   , seq: 1");
  EXPECT_EQ(message(129, 0), addresses + "ping reply     , seq: 1");
}

TEST(ProtocolIcmpv6, NeighbourDiscovery) {
  EXPECT_EQ(message(133, 0), addresses + "router solicitation");
  EXPECT_EQ(message(134, 0), addresses + "router advertisement");
  EXPECT_EQ(message(135, 0), addresses + "neighbor solicitation");
  EXPECT_EQ(message(136, 0), addresses + "neighbor advertisement");
  EXPECT_EQ(message(137, 0), addresses + "redirect");
}

TEST(ProtocolIcmpv6, Errors) {
  EXPECT_EQ(message(1, 0), addresses + "dest unreachable, no route");
  EXPECT_EQ(message(1, 4), addresses + "dest unreachable, port unreachable");
  EXPECT_EQ(message(1, 7), addresses + "dest unreachable, code 7");
  EXPECT_EQ(message(2, 0), addresses + "packet too big");
  EXPECT_EQ(message(3, 0), addresses + "time exceeded, hop limit exceeded");
  EXPECT_EQ(message(4, 1), addresses + "parameter problem, unknown next header");
}

TEST(ProtocolIcmpv6, MulticastListenersBehindARouterAlert) {
  const auto l3 = test::join(
      {test::Ipv6{.source = "fe80::1", .destination = "ff02::16", .next_header = IPPROTO_HOPOPTS},
       test::extension(IPPROTO_ICMPV6, 0, 8), test::icmp(143, 0)});
  EXPECT_EQ(test::summary_of(ETH_P_IPV6, l3),
            "ICMPv6: fe80::1 -> ff02::16, multicast listener report v2");
}

}  // namespace
}  // namespace nettrace
