// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The length of a datagram.
#include <gtest/gtest.h>

#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::join;
using test::summary_of;

TEST(ProtocolUdp, ShowsTheHeadersOwnLength) {
  EXPECT_EQ(summary_of(ETH_P_IP, join({test::Ipv4{.protocol = IPPROTO_UDP}, test::udp(1, 2, 8)})),
            "UDP: 10.0.0.1:1 -> 10.0.0.2:2, len:8");
  EXPECT_EQ(summary_of(ETH_P_IPV6,
                       join({test::Ipv6{.next_header = IPPROTO_UDP}, test::udp(1, 2, 65535)})),
            "UDP: [fd00::1]:1 -> [fd00::2]:2, len:65535");
}

TEST(ProtocolUdp, ACutHeaderHasNoLength) {
  const auto whole = join({test::Ipv4{.protocol = IPPROTO_UDP}, test::udp(1, 2, 8)});
  EXPECT_EQ(summary_of(ETH_P_IP, test::cut(whole, 25)), "UDP: 10.0.0.1:1 -> 10.0.0.2:2");
}

}  // namespace
}  // namespace nettrace
