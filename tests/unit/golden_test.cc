// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The output as a contract: records in, tests/golden/*.txt out, to the byte.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "record_builder.h"
#include "text_renderer.h"

namespace nettrace {
namespace {

using test::join;

struct Hit {
  const char* module;
  const char* function;
  nt_record record;
};

// Adds what only the columns show.
nt_record seen(nt_record record, uint32_t cpu, uint32_t pid, std::string_view comm) {
  record.cpu = cpu;
  record.pid = pid;
  test::set_name(record.comm, comm);
  return record;
}

nt_record on(nt_record record, uint32_t ifindex, std::string_view ifname) {
  record.ifindex = ifindex;
  test::set_name(record.ifname, ifname);
  return record;
}

nt_record ping(const char* source, const char* destination, uint8_t type) {
  const test::Ipv4 ip{.source = source, .destination = destination, .protocol = IPPROTO_ICMP};
  return test::ethernet_record_of(ETH_P_IP, join({ip, test::icmp(type, 0, 77, 1)}));
}

nt_record ip(uint8_t protocol, const test::Buffer& l4) {
  return test::ethernet_record_of(ETH_P_IP, join({test::Ipv4{.protocol = protocol}, l4}));
}

nt_record ipv6(uint8_t protocol, const test::Buffer& l4) {
  return test::ethernet_record_of(ETH_P_IPV6, join({test::Ipv6{.next_header = protocol}, l4}));
}

std::vector<Hit> hits() {
  nt_record sending = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  sending.flags |= NT_HAS_TCP_STATE;
  sending.flow.tcp_seq = 4294967295;
  sending.flow.tcp_flags = 0x02;
  const test::Ipv4 late{.protocol = IPPROTO_UDP, .fragment_field = 185};
  const nt_record request = ping("10.35.13.63", "9.135.224.89", 8);
  const nt_record reply = ping("9.135.224.89", "10.35.13.63", 0);
  std::vector<Hit> all = {
      {"link-in", "napi_gro_receive", on(seen(request, 3, 0, "swapper/3"), 2, "eth1")},
      {"link-in", "__netif_receive_skb_core", on(seen(request, 2, 897081, "nettrace"), 2, "eth1")},
      {"ip-out", "ip_send_skb", seen(reply, 2, 0, "swapper/2")},
      {"tcp-out", "__tcp_transmit_skb", seen(sending, 0, 4194303, "a\033[31mweird\xff")},
      {"tcp-in", "tcp_v4_rcv",
       on(seen(ip(6, test::tcp(80, 40000, 1, 2, 0x18)), 127, 1, ""), 1, "lo")},
      {"tcp-in", "tcp_v6_rcv",
       on(seen(ipv6(6, test::tcp(80, 40000, 1, 2, 0)), 1, 1, "nc"), 1, "lo")},
      {"udp-in", "udp_rcv", ip(17, test::udp(53, 40000, 60))},
      {"fragment", "ip_defrag", test::record_of(ETH_P_IP, join({late, test::Buffer(8)}))},
      {"icmp-out", "__icmp_send", ip(1, test::icmp(3, 3))},
      {"icmpv6", "icmpv6_rcv", ipv6(58, test::icmp(135, 0))},
      {"icmpv6", "icmpv6_rcv", ipv6(58, test::icmp(128, 0, 1, 65535))},
      {"arp", "arp_rcv", test::record_of(ETH_P_ARP, test::arp(1, "10.0.0.1", "10.0.0.2"))},
      {"arp", "arp_rcv", test::record_of(ETH_P_ARP, test::arp(2, "10.0.0.2", "10.0.0.1"))},
      {"ip-in", "ip_rcv", ip(132, test::udp(5000, 5001, 0))},
      {"ip-in", "ip_rcv", ip(47, {})},
      {"ip-in", "ip_rcv", ip(253, {})},
      {"pkt-in", "packet_rcv", test::record_of(ETH_P_LLDP, {})},
      {"pkt-in", "packet_rcv", test::record_of(0x1234, {})},
      {"life", "a_function_with_a_really_long_name", test::record_of(0, {})},
  };
  uint64_t time_us = 453516'922978;
  for (Hit& hit : all) hit.record.time_ns = time_us++ * 1000;
  return all;
}

std::string render(const TextStyle& style) {
  std::string text;
  for (const Hit& hit : hits()) {
    Leaf leaf;
    leaf.name = hit.function;
    leaf.module = hit.module;
    const auto event = decode(test::bytes_of(hit.record));
    append_line(style, *event, leaf, text);
  }
  return text;
}

std::string golden(const std::string& name) {
  std::ifstream file(NETTRACE_SOURCE_DIR "/tests/golden/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Golden, Lines) { EXPECT_EQ(render({}), golden("lines.txt")); }

TEST(Golden, Detail) {
  TextStyle style;
  for (const Field& field : all_fields()) style.columns.push_back(&field);
  EXPECT_EQ(render(style), golden("detail.txt"));
}

}  // namespace
}  // namespace nettrace
