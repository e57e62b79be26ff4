// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Names and numbers of L3 and L4 protocols.
#include "packet/protocol_names.h"

#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include <set>
#include <string>

namespace nettrace {
namespace {

TEST(ProtocolNames, KnowsEthertypesInAnyCase) {
  EXPECT_EQ(ethertype_by_name("ip"), ETH_P_IP);
  EXPECT_EQ(ethertype_by_name("IPv6"), ETH_P_IPV6);
  EXPECT_EQ(ethertype_by_name("ARP"), ETH_P_ARP);
  EXPECT_EQ(ethertype_by_name("vlan"), ETH_P_8021Q);
  EXPECT_EQ(ethertype_by_name("802.1Q"), ETH_P_8021Q);
  EXPECT_EQ(ethertype_by_name("lldp"), ETH_P_LLDP);
  EXPECT_EQ(ethertype_by_name("pppoe"), ETH_P_PPP_SES);
  EXPECT_EQ(ethertype_by_name("tcp"), std::nullopt);
  EXPECT_EQ(ethertype_by_name(""), std::nullopt);
}

TEST(ProtocolNames, KnowsL4ProtocolsInAnyCase) {
  EXPECT_EQ(l4_proto_by_name("icmp"), IPPROTO_ICMP);
  EXPECT_EQ(l4_proto_by_name("TCP"), IPPROTO_TCP);
  EXPECT_EQ(l4_proto_by_name("Icmpv6"), IPPROTO_ICMPV6);
  EXPECT_EQ(l4_proto_by_name("ipv6-icmp"), IPPROTO_ICMPV6);
  EXPECT_EQ(l4_proto_by_name("sctp"), IPPROTO_SCTP);
  EXPECT_EQ(l4_proto_by_name("arp"), std::nullopt);
}

TEST(ProtocolNames, ShowsNumbersByTheirFirstNameInUpperCase) {
  EXPECT_EQ(ethertype_name(ETH_P_LLDP), "LLDP");
  EXPECT_EQ(ethertype_name(ETH_P_8021Q), "802.1Q");
  EXPECT_EQ(l4_proto_name(IPPROTO_SCTP), "SCTP");
  EXPECT_EQ(l4_proto_name(IPPROTO_ICMPV6), "ICMPV6");
  EXPECT_EQ(l4_proto_name(255), "RAW");
}

TEST(ProtocolNames, HasNoNameForUnknownNumbers) {
  EXPECT_EQ(ethertype_name(0x1234), "");
  EXPECT_EQ(ethertype_name(0), "");
  EXPECT_EQ(ethertype_name(0xffff), "");
  EXPECT_EQ(l4_proto_name(200), "");
}

// Every name is found under its number, and every number under its name.
TEST(ProtocolNames, TablesAgreeWithTheLookups) {
  std::set<std::string_view> seen;
  for (const ProtocolName& row : ethertypes()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_EQ(ethertype_by_name(row.name), row.number) << row.name;
    EXPECT_EQ(ethertype_by_name(ethertype_name(row.number)), row.number) << row.name;
  }
  seen.clear();
  for (const ProtocolName& row : l4_protocols()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_EQ(l4_proto_by_name(row.name), row.number) << row.name;
    EXPECT_EQ(l4_proto_by_name(l4_proto_name(static_cast<uint8_t>(row.number))), row.number);
  }
}

// A name that is a number could not be told from one on the command line.
TEST(ProtocolNames, NoNameIsANumber) {
  for (const auto table : {ethertypes(), l4_protocols()}) {
    for (const ProtocolName& row : table) {
      EXPECT_NE(row.name.find_first_not_of("0123456789"), std::string_view::npos) << row.name;
    }
  }
}

}  // namespace
}  // namespace nettrace
