// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// From words to a filter, what can never match, and the kernel side's form.
#include "filter/filter.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include <array>
#include <cstring>

namespace nettrace {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Filter good(const FilterWords& words) {
  auto filter = parse_filter(words);
  if (filter) return *filter;
  ADD_FAILURE() << filter.error().what;
  return {};
}

// "WHAT (REMEDY)"
std::string bad(const FilterWords& words) {
  const auto filter = parse_filter(words);
  if (filter) return "accepted";
  EXPECT_EQ(filter.error().failure, Failure::usage);
  EXPECT_NE(filter.error().remedy, "") << filter.error().what;
  EXPECT_EQ(filter.error().what.find('\n'), std::string::npos);
  return filter.error().what + " (" + filter.error().remedy + ")";
}

TEST(Filter, WithoutWordsMatchesEverything) {
  const Filter filter = good({});
  const nt_config config = to_config(filter);
  nt_config nothing{};
  nothing.any_packet = 1;
  EXPECT_EQ(std::memcmp(&config, &nothing, sizeof(config)), 0);
  EXPECT_THAT(filter.warnings, IsEmpty());
}

TEST(Filter, WhatIsKeptBesideAPacketAsksForNothingInItsHeaders) {
  EXPECT_TRUE(to_config(good({.mark = "7", .len = "1:9"})).any_packet);
  EXPECT_FALSE(to_config(good({.proto = "arp"})).any_packet);
  EXPECT_FALSE(to_config(good({.addr = "10.0.0.1"})).any_packet);
  EXPECT_FALSE(to_config(good({.sport = "0"})).any_packet);
  EXPECT_FALSE(to_config(good({.tcp_flags = "S"})).any_packet);
}

TEST(FilterProtocol, TcpAndUdpAreOfBothFamilies) {
  for (const char* word : {"tcp", "TCP", "6", "0x6", "0X06"}) {
    const Filter filter = good({.proto = word});
    EXPECT_EQ(filter.l4_proto, IPPROTO_TCP) << word;
    EXPECT_EQ(filter.ethertype, std::nullopt) << word;
  }
  EXPECT_EQ(good({.proto = "udp"}).ethertype, std::nullopt);
}

TEST(FilterProtocol, IcmpIsIpv4AndIcmpv6IsIpv6) {
  EXPECT_EQ(good({.proto = "icmp"}).ethertype, ETH_P_IP);
  EXPECT_EQ(good({.proto = "icmp"}).l4_proto, IPPROTO_ICMP);
  EXPECT_EQ(good({.proto = "icmpv6"}).ethertype, ETH_P_IPV6);
  EXPECT_EQ(good({.proto = "ipv6-icmp"}).l4_proto, IPPROTO_ICMPV6);
}

TEST(FilterProtocol, NumbersTo255AreL4AndAboveEthertypes) {
  EXPECT_EQ(good({.proto = "0"}).l4_proto, 0);
  EXPECT_EQ(good({.proto = "255"}).l4_proto, 255);
  EXPECT_EQ(good({.proto = "255"}).ethertype, std::nullopt);
  EXPECT_EQ(good({.proto = "1536"}).ethertype, 1536);
  EXPECT_EQ(good({.proto = "1536"}).l4_proto, std::nullopt);
  EXPECT_EQ(good({.proto = "0x88cc"}).ethertype, ETH_P_LLDP);
  EXPECT_EQ(good({.proto = "65535"}).ethertype, 0xffff);
}

TEST(FilterProtocol, ANameInBothListsMeansL3) {
  const Filter ipv6 = good({.proto = "ipv6"});
  EXPECT_EQ(ipv6.ethertype, ETH_P_IPV6);
  EXPECT_EQ(ipv6.l4_proto, std::nullopt);
  EXPECT_THAT(ipv6.warnings, IsEmpty());
  const Filter mpls = good({.proto = "MPLS"});
  EXPECT_EQ(mpls.ethertype, ETH_P_MPLS_UC);
  EXPECT_EQ(mpls.l4_proto, std::nullopt);
  EXPECT_THAT(mpls.warnings, ElementsAre(AllOf(HasSubstr("0x8847"), HasSubstr("-p 137"))));
}

TEST(FilterProtocol, WarnsThatVlanTagsAreLookedThrough) {
  EXPECT_THAT(good({.proto = "vlan"}).warnings, ElementsAre(HasSubstr("VLAN tags")));
  EXPECT_THAT(good({.proto = "0x88a8"}).warnings, ElementsAre(HasSubstr("VLAN tags")));
  EXPECT_THAT(good({.proto = "arp"}).warnings, IsEmpty());
}

TEST(FilterProtocol, RefusesTheUnknown) {
  EXPECT_THAT(bad({.proto = "tpc"}), HasSubstr("'tpc' is not a protocol (did you mean tcp"));
  EXPECT_THAT(bad({.proto = "banana!"}), HasSubstr("'banana!' is not a protocol (give a name"));
  EXPECT_THAT(bad({.proto = ""}), HasSubstr("'' is not a protocol"));
  EXPECT_THAT(bad({.proto = "-6"}), HasSubstr("'-6' is not a protocol"));
  EXPECT_THAT(bad({.proto = "0x"}), HasSubstr("'0x' is not a protocol"));
  EXPECT_THAT(bad({.proto = "6x"}), HasSubstr("'6x' is not a protocol"));
  for (const char* word : {"256", "1535", "65536"}) {
    EXPECT_THAT(bad({.proto = word}), HasSubstr("not a protocol number")) << word;
  }
  EXPECT_THAT(bad({.proto = "99999999999999999999"}), HasSubstr("not a protocol number"));
}

TEST(FilterPorts, AreReadInTheirWholeRange) {
  EXPECT_EQ(good({.sport = "0"}).sport, 0);
  EXPECT_EQ(good({.dport = "65535"}).dport, 65535);
  EXPECT_EQ(good({.port = "53"}).port, 53);
  for (const char* word : {"65536", "-5", "http", "", "80x", "0x50", " 80", "+80"}) {
    EXPECT_THAT(bad({.sport = word}), HasSubstr("is not a port (--sport takes")) << word;
    EXPECT_THAT(bad({.dport = word}), HasSubstr("is not a port (--dport takes")) << word;
    EXPECT_THAT(bad({.port = word}), HasSubstr("is not a port (--port takes")) << word;
  }
}

TEST(FilterPorts, WithoutAProtocolMeanTcpOrUdp) {
  EXPECT_TRUE(good({.dport = "80"}).tcp_or_udp);
  EXPECT_TRUE(good({.proto = "ipv6", .dport = "80"}).tcp_or_udp);
  EXPECT_EQ(good({.proto = "ipv6", .dport = "80"}).ethertype, ETH_P_IPV6);
  EXPECT_FALSE(good({.proto = "udp", .dport = "80"}).tcp_or_udp);
  EXPECT_FALSE(good({.dport = "80", .tcp_flags = "S"}).tcp_or_udp);
  EXPECT_FALSE(good({.saddr = "10.0.0.1"}).tcp_or_udp);
}

TEST(FilterPorts, NeedAProtocolThatHasThem) {
  for (const char* proto : {"tcp", "udp", "sctp", "dccp", "udplite", "UDP", "132"}) {
    EXPECT_EQ(good({.proto = proto, .port = "7"}).port, 7) << proto;
  }
  for (const char* proto : {"icmp", "icmpv6", "gre", "arp", "47", "0x88cc"}) {
    EXPECT_THAT(bad({.proto = proto, .sport = "7"}), HasSubstr("has no ports")) << proto;
    EXPECT_THAT(bad({.proto = proto, .dport = "7"}), HasSubstr("has no ports")) << proto;
    EXPECT_THAT(bad({.proto = proto, .port = "7"}), HasSubstr("has no ports")) << proto;
  }
}

TEST(FilterPorts, RefusesWhatNoPacketHas) {
  EXPECT_THAT(bad({.sport = "2", .dport = "3", .port = "1"}), HasSubstr("no packet can match"));
  EXPECT_EQ(good({.sport = "2", .dport = "1", .port = "1"}).port, 1);
  EXPECT_EQ(good({.sport = "1", .dport = "3", .port = "1"}).port, 1);
  EXPECT_EQ(good({.sport = "2", .port = "1"}).port, 1);
}

TEST(FilterTcpFlags, ImplyTcp) {
  const Filter filter = good({.tcp_flags = "SA"});
  EXPECT_EQ(filter.tcp_flags, 0x12);
  EXPECT_EQ(filter.l4_proto, IPPROTO_TCP);
  EXPECT_EQ(good({.proto = "tcp", .tcp_flags = "s"}).tcp_flags, 0x02);
  EXPECT_EQ(good({.proto = "ip", .tcp_flags = "a"}).ethertype, ETH_P_IP);
  EXPECT_EQ(good({.proto = "ip", .tcp_flags = "a"}).l4_proto, IPPROTO_TCP);
}

TEST(FilterTcpFlags, KnowsEachLetterInAnyCase) {
  const std::pair<const char*, int> letters[] = {{"F", 0x01}, {"S", 0x02}, {"R", 0x04},
                                                 {"P", 0x08}, {"A", 0x10}, {"U", 0x20},
                                                 {"f", 0x01}, {"u", 0x20}, {"PpA", 0x18}};
  for (const auto& [word, bits] : letters) EXPECT_EQ(good({.tcp_flags = word}).tcp_flags, bits);
}

TEST(FilterTcpFlags, RefusesUnknownLettersAndOtherProtocols) {
  EXPECT_THAT(bad({.tcp_flags = "X"}), HasSubstr("'X' is not a TCP flag"));
  EXPECT_THAT(bad({.tcp_flags = "S,A"}), HasSubstr("',' in 'S,A' is not a TCP flag"));
  EXPECT_THAT(bad({.tcp_flags = "X"}), HasSubstr("S (syn)"));
  EXPECT_THAT(bad({.tcp_flags = ""}), HasSubstr("no flag"));
  EXPECT_THAT(bad({.proto = "udp", .tcp_flags = "S"}), HasSubstr("-p says udp"));
  EXPECT_THAT(bad({.proto = "arp", .tcp_flags = "S"}), HasSubstr("-p says arp"));
}

TEST(FilterTcpFlags, WarnsOfCombinationsThatNoConnectionHas) {
  EXPECT_THAT(good({.tcp_flags = "SF"}).warnings, ElementsAre(HasSubstr("no ordinary packet")));
  EXPECT_THAT(good({.tcp_flags = "rs"}).warnings, ElementsAre(HasSubstr("no ordinary packet")));
  EXPECT_THAT(good({.tcp_flags = "SA"}).warnings, IsEmpty());
  EXPECT_THAT(good({.tcp_flags = "FA"}).warnings, IsEmpty());
  EXPECT_THAT(good({.tcp_flags = "RA"}).warnings, IsEmpty());
}

TEST(FilterAddresses, AreReadWithTheirPrefixes) {
  const Filter filter =
      good({.saddr = "10.1.2.3/8", .daddr = "10.0.0.1", .addr = "0.0.0.0/0", .proto = "udp"});
  EXPECT_EQ(to_string(*filter.saddr), "10.0.0.0/8");
  EXPECT_EQ(to_string(*filter.daddr), "10.0.0.1");
  EXPECT_EQ(to_string(*filter.addr), "0.0.0.0/0");
  EXPECT_THAT(bad({.saddr = "10.0.0.300"}), HasSubstr("'10.0.0.300'"));
  EXPECT_THAT(bad({.daddr = "host"}), HasSubstr("'host'"));
  EXPECT_THAT(bad({.addr = "10.0.0.0/64"}), HasSubstr("'64'"));
}

TEST(FilterAddresses, OfTwoFamiliesMatchNothing) {
  EXPECT_THAT(bad({.saddr = "10.0.0.1", .daddr = "::1"}), HasSubstr("different families"));
  EXPECT_THAT(bad({.saddr = "10.0.0.1", .addr = "::1"}), HasSubstr("different families"));
  EXPECT_THAT(bad({.daddr = "::1", .addr = "10.0.0.1"}), HasSubstr("different families"));
}

TEST(FilterAddresses, MustBeOfTheProtocolsFamily) {
  EXPECT_THAT(bad({.saddr = "::1", .proto = "icmp"}), HasSubstr("use -p icmpv6"));
  EXPECT_THAT(bad({.daddr = "10.0.0.1", .proto = "icmpv6"}), HasSubstr("use -p icmp "));
  EXPECT_THAT(bad({.addr = "::1", .proto = "ip"}), HasSubstr("use -p ipv6"));
  EXPECT_THAT(bad({.addr = "10.0.0.1", .proto = "ipv6"}), HasSubstr("use -p ip "));
  EXPECT_THAT(bad({.addr = "::1", .proto = "arp"}), HasSubstr("-p arp goes with IPv4"));
  EXPECT_THAT(bad({.addr = "::1", .proto = "ip", .tcp_flags = "S"}), HasSubstr("goes with IPv4"));
  EXPECT_EQ(good({.addr = "::1", .proto = "tcp"}).l4_proto, IPPROTO_TCP);
  EXPECT_EQ(good({.addr = "::1", .proto = "icmpv6"}).ethertype, ETH_P_IPV6);
  EXPECT_EQ(good({.addr = "10.0.0.1", .proto = "icmp"}).ethertype, ETH_P_IP);
}

TEST(FilterAddresses, AreInIpAndArpOnly) {
  EXPECT_EQ(good({.addr = "10.0.0.1", .proto = "arp"}).ethertype, ETH_P_ARP);
  EXPECT_EQ(good({.addr = "10.0.0.1", .proto = "rarp"}).ethertype, ETH_P_RARP);
  EXPECT_THAT(bad({.addr = "10.0.0.1", .proto = "lldp"}), HasSubstr("have no IP addresses"));
  EXPECT_THAT(bad({.saddr = "::1", .proto = "0x1234"}), HasSubstr("have no IP addresses"));
}

TEST(FilterAddresses, RefusesWhatNoPacketHas) {
  EXPECT_THAT(bad({.saddr = "10.0.0.2", .daddr = "10.0.0.3", .addr = "10.0.0.1"}),
              HasSubstr("no packet can match --addr 10.0.0.1"));
  EXPECT_THAT(bad({.saddr = "10.0.0.0/9", .daddr = "11.0.0.0/8", .addr = "10.128.0.0/9"}),
              HasSubstr("no packet can match"));
  EXPECT_TRUE(good({.saddr = "10.0.0.0/8", .daddr = "11.0.0.3", .addr = "10.0.0.1"}).addr);
  EXPECT_TRUE(good({.saddr = "10.0.0.1", .daddr = "11.0.0.3", .addr = "11.0.0.0/8"}).addr);
  EXPECT_TRUE(good({.saddr = "10.0.0.2", .addr = "10.0.0.1"}).addr);
}

TEST(FilterAddresses, WarnsOfWhatHardlyMatches) {
  const auto source = ElementsAre(HasSubstr("no address that packets come from"));
  EXPECT_THAT(good({.saddr = "224.0.0.1"}).warnings, source);
  EXPECT_THAT(good({.saddr = "239.0.0.0/8"}).warnings, source);
  EXPECT_THAT(good({.saddr = "ff02::1"}).warnings, source);
  EXPECT_THAT(good({.saddr = "255.255.255.255"}).warnings, source);
  EXPECT_THAT(good({.daddr = "ff02::1", .proto = "tcp"}).warnings,
              ElementsAre(HasSubstr("TCP goes to one host")));
  EXPECT_THAT(good({.addr = "::ffff:10.0.0.1"}).warnings, ElementsAre(HasSubstr("IPv4 address")));
}

TEST(FilterAddresses, DoesNotWarnOfWhatIsCommon) {
  EXPECT_THAT(good({.saddr = "0.0.0.0", .daddr = "255.255.255.255"}).warnings, IsEmpty());
  EXPECT_THAT(good({.daddr = "224.0.0.1", .proto = "udp"}).warnings, IsEmpty());
  EXPECT_THAT(good({.saddr = "0.0.0.0/0"}).warnings, IsEmpty());
  EXPECT_THAT(good({.saddr = "192.0.0.0/2"}).warnings, IsEmpty());
  EXPECT_THAT(good({.saddr = "fe80::1", .proto = "tcp"}).warnings, IsEmpty());
}

TEST(Config, HasMaskedAddressesInNetworkOrder) {
  const nt_config config = to_config(good({.saddr = "10.1.2.3/12"}));
  EXPECT_EQ(config.saddr.ethertype, static_cast<uint32_t>(ETH_P_IP));
  EXPECT_EQ(config.saddr.addr[0], htonl(0x0a000000));
  EXPECT_EQ(config.saddr.mask[0], htonl(0xfff00000));
  EXPECT_EQ(config.saddr.mask[1], 0u);
  EXPECT_EQ(config.daddr.ethertype, 0u);
  EXPECT_EQ(config.addr.ethertype, 0u);
}

TEST(Config, HasIpv6PrefixesInFourWords) {
  const nt_config config = to_config(good({.daddr = "2001:db8:1:2:ffff::1/68"}));
  EXPECT_EQ(config.daddr.ethertype, static_cast<uint32_t>(ETH_P_IPV6));
  EXPECT_THAT(config.daddr.addr,
              ElementsAre(htonl(0x20010db8), htonl(0x00010002), htonl(0xf0000000), 0u));
  EXPECT_THAT(config.daddr.mask,
              ElementsAre(htonl(0xffffffff), htonl(0xffffffff), htonl(0xf0000000), 0u));
}

TEST(Config, SaysWhichNumbersAreSet) {
  const nt_config config = to_config(good({.proto = "0"}));
  EXPECT_EQ(config.has_l4_proto, 1);
  EXPECT_EQ(config.l4_proto, 0);
  EXPECT_EQ(config.has_sport, 0);
  const nt_config ports = to_config(good({.sport = "0", .dport = "8080", .port = "8080"}));
  EXPECT_EQ(ports.has_sport, 1);
  EXPECT_EQ(ports.sport, 0);
  EXPECT_EQ(ports.has_dport, 1);
  EXPECT_EQ(ports.dport, htons(8080));
  EXPECT_EQ(ports.has_port, 1);
  EXPECT_EQ(ports.port, htons(8080));
  EXPECT_EQ(ports.tcp_or_udp, 1);
  EXPECT_EQ(ports.has_l4_proto, 0);
}

TEST(Config, HasTheProtocolsAndFlags) {
  const nt_config config = to_config(good({.proto = "ipv6", .tcp_flags = "SA"}));
  EXPECT_EQ(config.ethertype, ETH_P_IPV6);
  EXPECT_EQ(config.l4_proto, IPPROTO_TCP);
  EXPECT_EQ(config.tcp_flags, 0x12);
  EXPECT_EQ(config.tcp_or_udp, 0);
}

}  // namespace
}  // namespace nettrace
