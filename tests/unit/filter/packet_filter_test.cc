// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Words of the command line held against packets: the answers are those of bpf/match/filter.h.
#include "filter/packet_filter.h"

#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include "packet/tcp_flags.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using namespace test;

Packet ipv4(const Ipv4& header, const Buffer& rest) {
  return test::parsed(record_of(ETH_P_IP, join({header, rest})));
}
Packet ipv6(uint8_t next_header, const Buffer& rest) {
  return test::parsed(record_of(ETH_P_IPV6, join({Ipv6{.next_header = next_header}, rest})));
}
Packet of(uint16_t ethertype, const Buffer& l3) { return test::parsed(record_of(ethertype, l3)); }

const Packet tcp4 = ipv4({}, tcp(40000, 80, 1, 2, tcp_syn | 0x10));
const Packet udp4 = ipv4({.protocol = IPPROTO_UDP}, udp(5353, 53, 8));
const Packet sctp4 = ipv4({.protocol = IPPROTO_SCTP}, udp(40000, 80, 8));
const Packet ping4 = ipv4({.protocol = IPPROTO_ICMP}, icmp(8, 0));
const Packet gre4 = ipv4({.protocol = IPPROTO_GRE}, udp(40000, 80, 8));
const Packet tcp6 = ipv6(IPPROTO_TCP, tcp(40000, 80, 1, 2, tcp_syn));
const Packet who_has = of(ETH_P_ARP, arp(1, "10.0.0.1", "10.0.0.2"));
const Packet rarp = of(ETH_P_RARP, arp(3, "10.0.0.1", "10.0.0.2"));
const Packet lldp = of(ETH_P_LLDP, {1, 2, 3});
const Packet nothing = of(0, {});

bool match(const FilterWords& words, const Packet& packet) {
  const auto filter = parse_filter(words);
  if (!filter) ADD_FAILURE() << filter.error().what;
  return filter && matches(*filter, packet);
}

struct Case {
  const char* name;
  FilterWords words;
  std::vector<const Packet*> matching, other;
};

const Case cases[] = {
    {"no filter", {}, {&tcp4, &tcp6, &who_has, &lldp, &nothing}, {}},
    {"-p tcp", {.proto = "tcp"}, {&tcp4, &tcp6}, {&udp4, &ping4, &who_has, &lldp, &nothing}},
    {"-p icmp", {.proto = "icmp"}, {&ping4}, {&tcp4, &tcp6}},
    {"-p 47", {.proto = "47"}, {&gre4}, {&tcp4}},
    {"-p ip", {.proto = "ip"}, {&tcp4, &udp4, &ping4}, {&tcp6, &who_has, &nothing}},
    {"-p arp", {.proto = "arp"}, {&who_has}, {&rarp, &tcp4, &lldp}},
    {"-p lldp", {.proto = "lldp"}, {&lldp}, {&who_has, &nothing}},
    {"--saddr", {.saddr = "10.0.0.1"}, {&tcp4, &who_has, &rarp}, {&tcp6, &lldp, &nothing}},
    {"--saddr is not --daddr", {.saddr = "10.0.0.2"}, {}, {&tcp4, &who_has}},
    {"--daddr", {.daddr = "10.0.0.2"}, {&tcp4, &who_has}, {&tcp6}},
    {"--addr, source", {.addr = "10.0.0.1"}, {&tcp4, &who_has}, {&tcp6}},
    {"--addr, destination", {.addr = "10.0.0.2"}, {&tcp4, &who_has}, {&tcp6}},
    {"a prefix", {.saddr = "10.0.0.0/31"}, {&tcp4}, {}},
    {"another prefix", {.saddr = "10.0.0.2/31"}, {}, {&tcp4}},
    {"all of IPv4", {.addr = "0.0.0.0/0"}, {&tcp4, &who_has}, {&tcp6, &lldp, &nothing}},
    {"all of IPv6", {.addr = "::/0"}, {&tcp6}, {&tcp4, &who_has, &nothing}},
    {"IPv6", {.daddr = "fd00::2"}, {&tcp6}, {&tcp4}},
    {"an IPv6 prefix", {.saddr = "fd00::/127"}, {&tcp6}, {&tcp4}},
    {"another IPv6 prefix", {.daddr = "fd00::/127"}, {}, {&tcp6}},
    {"--dport", {.dport = "80"}, {&tcp4, &tcp6}, {&udp4, &sctp4, &gre4, &ping4, &who_has}},
    {"--sport", {.sport = "5353"}, {&udp4}, {&tcp4}},
    {"--port, source", {.port = "40000"}, {&tcp4, &tcp6}, {&udp4, &sctp4}},
    {"--port, destination", {.port = "53"}, {&udp4}, {&tcp4}},
    {"-p sctp", {.proto = "sctp", .dport = "80"}, {&sctp4}, {&tcp4}},
    {"--tcp-flags", {.tcp_flags = "S"}, {&tcp4, &tcp6}, {&udp4, &who_has}},
    {"all flags are needed", {.tcp_flags = "SA"}, {&tcp4}, {&tcp6}},
    {"everything", {.saddr = "10.0.0.0/8", .proto = "tcp", .dport = "80"}, {&tcp4}, {&udp4, &tcp6}},
};

TEST(PacketFilter, AnswersForEveryPacket) {
  for (const Case& each : cases) {
    for (size_t i = 0; i < each.matching.size(); ++i) {
      EXPECT_TRUE(match(each.words, *each.matching[i])) << each.name << ", packet " << i;
    }
    for (size_t i = 0; i < each.other.size(); ++i) {
      EXPECT_FALSE(match(each.words, *each.other[i])) << each.name << ", other packet " << i;
    }
  }
}

TEST(PacketFilter, LaterFragmentsHaveNeitherPortsNorFlags) {
  const Packet fragments[] = {
      ipv4({.fragment_field = 100}, tcp(40000, 80, 1, 2, tcp_syn)),
      ipv6(IPPROTO_FRAGMENT, join({ipv6_fragment(IPPROTO_TCP, 800), tcp(40000, 80, 1, 2, 2)})),
  };
  for (const Packet& fragment : fragments) {
    EXPECT_TRUE(match({.proto = "tcp"}, fragment));
    EXPECT_FALSE(match({.dport = "80"}, fragment));
    EXPECT_FALSE(match({.tcp_flags = "S"}, fragment));
  }
  EXPECT_TRUE(match({.saddr = "10.0.0.1"}, fragments[0]));
  const Packet first = ipv4({.fragment_field = 0x2000}, tcp(40000, 80, 1, 2, tcp_syn));
  EXPECT_TRUE(match({.dport = "80", .tcp_flags = "S"}, first));
}

TEST(PacketFilter, FindsExtensionHeadersAndWhatIsBehindThem) {
  const Packet packet =
      ipv6(IPPROTO_HOPOPTS, join({extension(IPPROTO_FRAGMENT, 0, 8), ipv6_fragment(IPPROTO_TCP, 0),
                                  tcp(40000, 80, 1, 2, tcp_syn)}));
  EXPECT_TRUE(match({.proto = "0"}, packet));
  EXPECT_TRUE(match({.proto = "44"}, packet));
  EXPECT_TRUE(match({.proto = "tcp", .dport = "80"}, packet));
  EXPECT_FALSE(match({.proto = "43"}, packet));
  EXPECT_FALSE(match({.proto = "0"}, tcp6));
  EXPECT_FALSE(match({.proto = "0"}, tcp4));
  const Packet later = ipv6(IPPROTO_FRAGMENT, ipv6_fragment(IPPROTO_DSTOPTS, 800));
  EXPECT_TRUE(match({.proto = "44"}, later));
  EXPECT_TRUE(match({.proto = "60"}, later));
  EXPECT_FALSE(match({.proto = "tcp"}, later));
}

TEST(PacketFilter, TakesASocketsWordForHeadersToCome) {
  test::HitRecord record = flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  EXPECT_TRUE(match({.saddr = "10.0.0.1", .proto = "tcp", .dport = "80"}, test::parsed(record)));
  EXPECT_FALSE(match({.dport = "81"}, test::parsed(record)));
  EXPECT_FALSE(match({.tcp_flags = "S"}, test::parsed(record)));
  record.packet.flags |= NT_HAS_TCP_STATE;
  record.packet.flow.tcp_flags = tcp_syn;
  EXPECT_TRUE(match({.tcp_flags = "S"}, test::parsed(record)));
  const test::HitRecord ipv6_record = flow_record_of("fd00::1", "fd00::2", IPPROTO_UDP);
  EXPECT_TRUE(match({.daddr = "fd00::2", .port = "80"}, test::parsed(ipv6_record)));
  EXPECT_FALSE(match({.proto = "ip"}, test::parsed(ipv6_record)));
}

TEST(PacketFilter, WhatWasNotRecordedDoesNotMatch) {
  EXPECT_FALSE(match({.saddr = "10.0.0.1"}, of(ETH_P_IP, cut(Ipv4{}, 19))));
  EXPECT_FALSE(match({.proto = "tcp"}, of(ETH_P_IP, cut(Ipv4{}, 19))));
  EXPECT_TRUE(match({.proto = "ip"}, of(ETH_P_IP, {})));
  EXPECT_FALSE(match({.dport = "80"}, ipv4({}, {1, 2, 3})));
  EXPECT_TRUE(match({.dport = "80"}, ipv4({}, cut(tcp(1, 80, 1, 2, tcp_syn), 4))));
  EXPECT_FALSE(match({.tcp_flags = "S"}, ipv4({}, cut(tcp(1, 80, 1, 2, tcp_syn), 13))));
  EXPECT_FALSE(match({.addr = "10.0.0.1"}, of(ETH_P_ARP, cut(arp(1, "10.0.0.1", "10.0.0.2"), 27))));
}

TEST(PacketFilter, WhatTheKernelKeepsBesideThePacketMustMatchToo) {
  const test::BuiltEvent built(
      {.pid = 7, .ifindex = 2, .ifname = "eth1", .len = 84, .mark = 0x12, .netns = 1});
  const Event& event = built.event;
  const auto match = [&](const FilterWords& words) {
    auto filter = parse_filter(words);
    if (!filter) ADD_FAILURE() << filter.error().what;
    return filter && matches(*filter, event);
  };
  EXPECT_TRUE(match({.device = "eth1", .pid = "7", .mark = "0x10/0xf0", .len = "84"}));
  EXPECT_FALSE(match({.device = "eth"}));
  EXPECT_FALSE(match({.pid = "0"}));
  EXPECT_FALSE(match({.mark = "0x10"}));
  EXPECT_FALSE(match({.mark = "0x20/0xf0"}));
  EXPECT_TRUE(match({.len = ":84"}));
  EXPECT_TRUE(match({.len = "84:"}));
  EXPECT_FALSE(match({.len = ":83"}));
  EXPECT_FALSE(match({.len = "85:"}));
  EXPECT_FALSE(match({.netns = "4026531840"}));
  EXPECT_FALSE(match({.proto = "tcp", .pid = "7"}));
}

}  // namespace
}  // namespace nettrace
