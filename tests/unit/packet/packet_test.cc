// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// L3 headers, the socket's word in their place, and the text around each protocol's own.
#include "packet/packet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::Buffer;
using test::join;
using test::summary_of;

const Buffer dns = test::udp(40000, 53, 40);

Packet parse(uint16_t ethertype, const Buffer& l3) {
  return test::parsed(test::record_of(ethertype, l3));
}

TEST(Packet, FindsL3BehindTheMacHeader) {
  const test::HitRecord record =
      test::ethernet_record_of(ETH_P_IP, join({test::Ipv4{.protocol = IPPROTO_UDP}, dns}));
  EXPECT_EQ(summary_of(record), "UDP: 10.0.0.1:40000 -> 10.0.0.2:53, len:40");
}

TEST(Packet, SkipsIpv4Options) {
  for (size_t bytes = 4; bytes <= 40; bytes += 4) {
    const test::Ipv4 ip{.protocol = IPPROTO_UDP, .options = Buffer(bytes, 1)};
    EXPECT_EQ(summary_of(ETH_P_IP, join({ip, dns})), "UDP: 10.0.0.1:40000 -> 10.0.0.2:53, len:40")
        << bytes;
  }
}

TEST(Packet, AnImpossibleIpv4HeaderLengthHidesL4) {
  Buffer bytes = join({test::Ipv4{.protocol = IPPROTO_UDP}, dns});
  bytes[0] = 0x44;
  EXPECT_EQ(summary_of(ETH_P_IP, bytes), "UDP: 10.0.0.1 -> 10.0.0.2");
  bytes[0] = 0x4f;  // 60 bytes, of which 28 are there
  EXPECT_EQ(summary_of(ETH_P_IP, bytes), "UDP: 10.0.0.1 -> 10.0.0.2");
}

TEST(Packet, AnotherVersionIsNotRead) {
  Buffer bytes = join({test::Ipv4{.protocol = IPPROTO_UDP}, dns});
  bytes[0] = 0x65;
  EXPECT_EQ(summary_of(ETH_P_IP, bytes), "IP");
  bytes = join({test::Ipv6{.next_header = IPPROTO_UDP}, dns});
  bytes[0] = 0x40;
  EXPECT_EQ(summary_of(ETH_P_IPV6, bytes), "IPV6");
}

TEST(Packet, ATruncatedHeaderGivesWhatIsThere) {
  const Buffer whole = join({test::Ipv4{}, test::tcp(1, 2, 3, 4, 0x10)});
  for (size_t size = 0; size <= whole.size(); ++size) {
    const Packet packet = parse(ETH_P_IP, test::cut(whole, size));
    EXPECT_EQ(packet.source.family == Address::Family::ipv4, size >= 20) << size;
    EXPECT_EQ(packet.l4_proto.has_value(), size >= 20) << size;
    EXPECT_EQ(packet.ports.has_value(), size >= 24) << size;
    EXPECT_EQ(packet.tcp.has_value(), size >= 34) << size;
  }
}

TEST(Packet, ALaterFragmentHasNoL4Header) {
  const test::Ipv4 ip{.protocol = IPPROTO_UDP, .fragment_field = 0x2000 | 185};
  EXPECT_EQ(summary_of(ETH_P_IP, join({ip, dns})),
            "UDP: 10.0.0.1 -> 10.0.0.2, fragment, offset:1480");
}

TEST(Packet, TheFirstFragmentHasAnL4Header) {
  const test::Ipv4 ip{.protocol = IPPROTO_UDP, .fragment_field = 0x2000};
  EXPECT_EQ(summary_of(ETH_P_IP, join({ip, dns})), "UDP: 10.0.0.1:40000 -> 10.0.0.2:53, len:40");
  EXPECT_EQ(summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_FRAGMENT},
                                         test::ipv6_fragment(IPPROTO_UDP, 0), dns})),
            "UDP: [fd00::1]:40000 -> [fd00::2]:53, len:40");
}

TEST(Packet, Ipv6PortsStandBehindBrackets) {
  EXPECT_EQ(summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_UDP}, dns})),
            "UDP: [fd00::1]:40000 -> [fd00::2]:53, len:40");
}

TEST(Packet, ALaterIpv6FragmentHasNoL4Header) {
  EXPECT_EQ(summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_FRAGMENT},
                                         test::ipv6_fragment(IPPROTO_UDP, 1448), dns})),
            "UDP: fd00::1 -> fd00::2, fragment, offset:1448");
}

TEST(Packet, TheProtocolOfALaterIpv6FragmentCanBeUnknowable) {
  // The extension header that would name it is in the first fragment.
  EXPECT_EQ(summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_FRAGMENT},
                                         test::ipv6_fragment(IPPROTO_DSTOPTS, 1448), dns})),
            "IPV6: fd00::1 -> fd00::2, fragment, offset:1448");
}

TEST(Packet, SkipsEachIpv6ExtensionHeader) {
  struct Case {
    uint8_t number;
    uint8_t length_field;
    size_t size;
  };
  for (const Case& c :
       {Case{IPPROTO_HOPOPTS, 0, 8}, Case{IPPROTO_HOPOPTS, 2, 24}, Case{IPPROTO_ROUTING, 4, 40},
        Case{IPPROTO_DSTOPTS, 1, 16}, Case{IPPROTO_AH, 4, 24}, Case{IPPROTO_MH, 1, 16},
        Case{IPPROTO_FRAGMENT, 9, 8}}) {
    Buffer header = test::extension(IPPROTO_UDP, c.length_field, c.size);
    EXPECT_EQ(summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = c.number}, header, dns})),
              "UDP: [fd00::1]:40000 -> [fd00::2]:53, len:40")
        << static_cast<int>(c.number) << " of " << c.size;
  }
}

TEST(Packet, SkipsAChainOfIpv6ExtensionHeaders) {
  const Buffer l3 =
      join({test::Ipv6{.next_header = IPPROTO_HOPOPTS}, test::extension(IPPROTO_DSTOPTS, 0, 8),
            test::extension(IPPROTO_ROUTING, 0, 8), test::extension(IPPROTO_FRAGMENT, 2, 24),
            test::ipv6_fragment(IPPROTO_AH, 0), test::extension(IPPROTO_UDP, 4, 24), dns});
  EXPECT_EQ(summary_of(ETH_P_IPV6, l3), "UDP: [fd00::1]:40000 -> [fd00::2]:53, len:40");
}

TEST(Packet, AnExtensionHeaderThatIsCutShortHidesL4) {
  const Buffer l3 = join(
      {test::Ipv6{.next_header = IPPROTO_HOPOPTS}, test::extension(IPPROTO_UDP, 255, 64), dns});
  EXPECT_EQ(summary_of(ETH_P_IPV6, l3), "UDP: fd00::1 -> fd00::2");
  EXPECT_EQ(summary_of(ETH_P_IPV6, test::cut(l3, 47)), "IPV6: fd00::1 -> fd00::2");
}

TEST(Packet, MobilitySignallingIsAPayload) {
  EXPECT_EQ(parse(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_MH},
                                    test::extension(IPPROTO_NONE, 1, 16)}))
                .l4_proto,
            IPPROTO_MH);
}

TEST(Packet, EndlessExtensionHeadersEndWithTheBytes) {
  Buffer l3 = test::Ipv6{.next_header = IPPROTO_DSTOPTS};
  l3.resize(NT_HEADER_BYTES);
  for (size_t at = 40; at < l3.size(); at += 8) l3[at] = IPPROTO_DSTOPTS;
  EXPECT_EQ(summary_of(ETH_P_IPV6, l3), "IPV6: fd00::1 -> fd00::2");
}

TEST(Packet, OtherIpProtocolsByName) {
  EXPECT_EQ(summary_of(ETH_P_IP, test::Ipv4{.protocol = IPPROTO_GRE}), "GRE: 10.0.0.1 -> 10.0.0.2");
  EXPECT_EQ(summary_of(ETH_P_IPV6, test::Ipv6{.next_header = IPPROTO_ESP}),
            "ESP: fd00::1 -> fd00::2");
}

TEST(Packet, OtherIpProtocolsByNumber) {
  EXPECT_EQ(summary_of(ETH_P_IP, test::Ipv4{.protocol = 253}),
            "ip-proto-253: 10.0.0.1 -> 10.0.0.2");
}

TEST(Packet, ShowsThePortsOfProtocolsThatStartWithThem) {
  for (const auto& [number, name] : {std::pair<uint8_t, const char*>{IPPROTO_SCTP, "SCTP"},
                                     {IPPROTO_DCCP, "DCCP"},
                                     {IPPROTO_UDPLITE, "UDPLITE"}}) {
    EXPECT_EQ(summary_of(ETH_P_IP, join({test::Ipv4{.protocol = number}, dns})),
              std::string(name) + ": 10.0.0.1:40000 -> 10.0.0.2:53");
  }
}

TEST(Packet, IcmpOfTheOtherFamilyIsJustAProtocol) {
  EXPECT_EQ(
      summary_of(ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_ICMP}, test::icmp(8, 0)})),
      "ICMP: fd00::1 -> fd00::2");
}

TEST(Packet, OtherEthertypesByNameOrNumber) {
  EXPECT_EQ(summary_of(ETH_P_LLDP, Buffer(20)), "LLDP");
  EXPECT_EQ(summary_of(0x1234, Buffer(20)), "0x1234");
  EXPECT_EQ(summary_of(0x0026, Buffer(20)), "0x0026");
}

TEST(Packet, AnUnknownEthertypeIsSaidToBe) {
  EXPECT_EQ(summary_of(0, join({test::Ipv4{}, dns})), "unknown protocol");
}

TEST(Packet, WithoutHeaderBytesTheEthertypeRemains) {
  test::HitRecord record = test::record_of(ETH_P_IP, {});
  record.packet.l3_offset = NT_NO_OFFSET;
  EXPECT_EQ(summary_of(record), "IP");
}

TEST(Packet, TheSocketSpeaksForMissingHeaders) {
  EXPECT_EQ(summary_of(test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_UDP)),
            "UDP: 10.0.0.1:40000 -> 10.0.0.2:80");
  EXPECT_EQ(summary_of(test::flow_record_of("fd00::1", "fd00::2", IPPROTO_TCP)),
            "TCP: [fd00::1]:40000 -> [fd00::2]:80");
}

TEST(Packet, TheSocketGivesTheTcpState) {
  test::HitRecord record = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  record.packet.flow.tcp_seq = 100;
  record.packet.flow.tcp_ack = 200;
  record.packet.flow.tcp_flags = 0x18;
  EXPECT_EQ(summary_of(record), "TCP: 10.0.0.1:40000 -> 10.0.0.2:80");
  record.packet.flags |= NT_HAS_TCP_STATE;
  EXPECT_EQ(summary_of(record), "TCP: 10.0.0.1:40000 -> 10.0.0.2:80, seq:100, ack:200 A,P");
  record.packet.flow.l4_proto = IPPROTO_UDP;
  EXPECT_EQ(summary_of(record), "UDP: 10.0.0.1:40000 -> 10.0.0.2:80");
}

TEST(Packet, ATransportHeaderKnowsBetterThanTheSocket) {
  test::HitRecord record = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  record.packet.flags |= NT_HAS_TCP_STATE;
  const Buffer header = test::tcp(1, 2, 3, 4, 0x02);
  std::copy(header.begin(), header.end(), record.packet.header + 5);
  record.packet.header_len = static_cast<uint16_t>(header.size() + 5);
  record.packet.l4_offset = 5;
  EXPECT_EQ(summary_of(record), "TCP: 10.0.0.1:1 -> 10.0.0.2:2, seq:3, ack:4 S");
  record.packet.l4_offset = record.packet.header_len;
  EXPECT_EQ(summary_of(record), "TCP: 10.0.0.1:40000 -> 10.0.0.2:80, seq:0, ack:0 none");
}

TEST(Packet, ASocketOfAProtocolWithoutPortsHasNone) {
  test::HitRecord record = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_ICMP);
  EXPECT_EQ(summary_of(record), "ICMP: 10.0.0.1 -> 10.0.0.2");
  const Buffer header = test::icmp(8, 0, 7, 9);
  std::copy(header.begin(), header.end(), record.packet.header);
  record.packet.header_len = static_cast<uint16_t>(header.size());
  record.packet.l4_offset = 0;
  EXPECT_EQ(summary_of(record), "ICMP: 10.0.0.1 -> 10.0.0.2, ping request   , seq: 9");
}

TEST(Packet, ASocketWithoutAFamilySaysNothing) {
  test::HitRecord record = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  record.packet.ethertype = 0;
  EXPECT_EQ(summary_of(record), "unknown protocol");
}

// JSON takes them as they are.
bool needs_no_escape(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

TEST(Packet, NoNameOfAProtocolNeedsAnEscape) {
  char text[max_protocol_name];
  Packet packet;
  for (uint32_t number = 0; number <= UINT16_MAX; ++number) {
    packet.ethertype = static_cast<uint16_t>(number);
    ASSERT_TRUE(needs_no_escape({text, put_protocol(packet, text)})) << number;
  }
  packet.ethertype = ETH_P_IP;
  for (uint32_t number = 0; number <= UINT8_MAX; ++number) {
    packet.l4_proto = static_cast<uint8_t>(number);
    ASSERT_TRUE(needs_no_escape({text, put_protocol(packet, text)})) << number;
  }
}

TEST(Packet, NoMessageOfIcmpNeedsAnEscape) {
  char text[max_summary_text];
  Packet packet;
  for (uint32_t number = 0; number <= UINT16_MAX; ++number) {
    packet.icmp.emplace();
    packet.icmp->type = static_cast<uint8_t>(number >> 8);
    packet.icmp->code = static_cast<uint8_t>(number);
    packet.ethertype = ETH_P_IP;
    packet.l4_proto = IPPROTO_ICMP;
    ASSERT_TRUE(needs_no_escape({text, put_summary(packet, text)})) << number;
    packet.ethertype = ETH_P_IPV6;
    packet.l4_proto = IPPROTO_ICMPV6;
    ASSERT_TRUE(needs_no_escape({text, put_summary(packet, text)})) << number;
  }
}

}  // namespace
}  // namespace nettrace
