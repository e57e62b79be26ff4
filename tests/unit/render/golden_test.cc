// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The output as a contract: records in, tests/golden/ out, to the byte.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "render/json_renderer.h"
#include "render/text_renderer.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::join;

struct Hit {
  const char* module;
  const char* function;
  test::HitRecord record;
};

// Adds what only the columns show.
test::HitRecord seen(test::HitRecord record, uint32_t cpu, uint32_t pid, std::string_view comm) {
  record.hit.head.cpu = cpu;
  record.task.pid = pid;
  test::set_name(record.task.comm, comm);
  return record;
}

test::HitRecord on(test::HitRecord record, uint32_t ifindex, std::string_view ifname) {
  record.device.ifindex = ifindex;
  test::set_name(record.device.name, ifname);
  return record;
}

test::HitRecord ping(const char* source, const char* destination, uint8_t type) {
  const test::Ipv4 ip{.source = source, .destination = destination, .protocol = IPPROTO_ICMP};
  return test::ethernet_record_of(ETH_P_IP, join({ip, test::icmp(type, 0, 77, 1)}));
}

test::HitRecord ip(uint8_t protocol, const test::Buffer& l4) {
  return test::ethernet_record_of(ETH_P_IP, join({test::Ipv4{.protocol = protocol}, l4}));
}

test::HitRecord ipv6(uint8_t protocol, const test::Buffer& l4) {
  return test::ethernet_record_of(ETH_P_IPV6, join({test::Ipv6{.next_header = protocol}, l4}));
}

std::vector<Hit> hits() {
  test::HitRecord sending = test::flow_record_of("10.0.0.1", "10.0.0.2", IPPROTO_TCP);
  sending.packet.flags |= NT_HAS_TCP_STATE;
  sending.packet.flow.tcp_seq = 4294967295;
  sending.packet.flow.tcp_flags = 0x02;
  const test::Ipv4 late{.protocol = IPPROTO_UDP, .fragment_field = 185};
  const test::HitRecord request = ping("10.35.13.63", "9.135.224.89", 8);
  const test::HitRecord reply = ping("9.135.224.89", "10.35.13.63", 0);
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
  uint32_t leaf = 0;  // each has its own, here and below: renderers know a leaf by its number
  for (Hit& hit : all) {
    hit.record.hit.head.time_ns = time_us++ * 1000;
    hit.record.hit.leaf = leaf++;
  }
  return all;
}

// As the renderer has them, one after the other.
std::string render(Renderer& renderer) {
  std::string text;
  for (const Hit& hit : hits()) {
    const Leaf leaf = test::leaf_named(hit.function, hit.module);
    const Event event = test::event_of(hit.record);
    renderer.line({.event = &event, .leaf = &leaf, .time_ns = event.time_ns}, text);
  }
  return text;
}

TextStyle detail() {
  TextStyle style;
  for (const Column& field : all_columns()) {
    if (field.in_detail) style.columns.push_back(&field);
  }
  return style;
}

// A ping that a packet socket sees too, in a copy of it. Lives as long as what it shows.
class FollowedPing {
 public:
  FollowedPing() {
    add("link-in", "__netif_receive_skb_core", original);
    add("life", "skb_clone", original);
    returned(ReturnType::Kind::skb, 8, copy);
    add("pkt-in", "packet_rcv", copy);
    add("link-in", "ip_rcv", original);
    returned(ReturnType::Kind::receive, 4, 0xdeadbeef'00000000);
    add("netfilter", "nf_hook_slow", original);
    returned(ReturnType::Kind::error, 4, 1);
    add("netfilter", "ipt_do_table", original);
    returned(ReturnType::Kind::verdict, 4, 0);
    for (size_t i = 0; i < lines_.size(); ++i) {  // which stay where they are from now on
      lines_[i].event = &events_[i];
      lines_[i].leaf = &leaves_[i];
      lines_[i].return_type = &types_[i];
    }
    merges_ = {
        {.time_ns = lines_[2].time_ns + 400, .skb = copy, .merged_into = 0xffff88858f243300}};
  }

  Block block(Block::End end) const {
    return {
        .tracking_id = 0x1000a, .skb = original, .lines = lines_, .merges = merges_, .end = end};
  }

 private:
  static constexpr uint32_t first_leaf = 200;
  static constexpr uint64_t original = 0xffff88858f243100;
  static constexpr uint64_t copy = 0xffff88858f242900;

  void add(const char* module, const char* function, uint64_t skb) {
    Event event = test::event_of(request_);
    event.time_ns = 456901'373072'000 + events_.size() * 1000;
    event.skb = skb;
    event.leaf = first_leaf + static_cast<uint32_t>(leaves_.size());
    event.tracking_id = 0x1000a;
    lines_.push_back({.event = nullptr, .leaf = nullptr, .time_ns = event.time_ns});
    events_.push_back(event);
    leaves_.push_back(test::leaf_named(function, module));
    types_.emplace_back();
  }
  void returned(ReturnType::Kind kind, uint8_t bytes, uint64_t value) {
    types_.back() = {.kind = kind, .bytes = bytes};
    lines_.back().returned = value;
  }

  const test::HitRecord request_ =
      on(seen(ping("192.168.122.8", "10.123.119.98", 8), 2, 0, "swapper/2"), 3, "eth0");
  std::vector<Event> events_{};
  std::vector<Leaf> leaves_{};
  std::vector<ReturnType> types_{};
  std::vector<Line> lines_{};
  std::vector<SkbMerge> merges_{};
};

// Lines with a stack, through a module, a BPF program and what has no symbol.
class Stacks {
 public:
  Stacks() {
    symbols_.add(0xffffffff81000000, "__netif_receive_skb_core", "");
    symbols_.add(0xffffffff81001000, "ip_rcv", "");
    symbols_.add(0xffffffffc0301000, "br_handle_frame", "bridge");
    symbols_.add(0xffffffffc0400000, "bpf_prog_6deef7357e7b4530_handle", "bpf");
    symbols_.sort();
  }

  void show(Renderer& renderer, std::string& out) const {
    const test::HitRecord record = ping("10.0.0.1", "10.0.0.2", 8);
    Event event = test::event_of(record);
    event.leaf = 100;
    event.stack = std::as_bytes(std::span(frames_));
    const Leaf leaf = test::leaf_named("ip_rcv");
    const ReturnType type{.kind = ReturnType::Kind::error, .bytes = 4};
    Line line{.event = &event, .leaf = &leaf, .time_ns = event.time_ns, .return_type = &type};
    renderer.line(line, out);
    line.returned = static_cast<uint64_t>(-12);
    renderer.line(line, out);
  }
  const SymbolTable* symbols() const { return &symbols_; }

 private:
  const uint64_t frames_[4] = {0xffffffffc030101c, 0xffffffff81000133, 0xffffffffc0400020,
                               0x7fff00001234};
  SymbolTable symbols_;
};

std::string golden(const std::string& name) {
  std::ifstream file(NETTRACE_SOURCE_DIR "/tests/golden/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Golden, Lines) {
  TextRenderer renderer({}, nullptr);
  EXPECT_EQ(render(renderer), golden("lines.txt"));
}

TEST(Golden, Detail) {
  TextRenderer renderer(detail(), nullptr);
  EXPECT_EQ(render(renderer), golden("detail.txt"));
}

TEST(Golden, Timeline) {
  const FollowedPing ping;
  std::string text;
  TextRenderer({}, nullptr).block(ping.block(Block::End::complete), text);
  TextRenderer(detail(), nullptr).block(ping.block(Block::End::interrupted), text);
  EXPECT_EQ(text, golden("timeline.txt"));
}

TEST(Golden, Stack) {
  const Stacks stacks;
  std::string text;
  TextRenderer renderer({}, stacks.symbols());
  stacks.show(renderer, text);
  EXPECT_EQ(text, golden("stack.txt"));
}

// tests/CMakeLists.txt holds docs/nettrace.schema.json against this file.
TEST(Golden, Json) {
  const FollowedPing ping;
  const Stacks stacks;
  JsonRenderer renderer(stacks.symbols());
  std::string text = render(renderer);
  stacks.show(renderer, text);
  renderer.block(ping.block(Block::End::complete), text);
  renderer.block(ping.block(Block::End::interrupted), text);
  append_summary({.ring_full = 1,
                  .rest_full = 7,
                  .tracked_full = 2,
                  .calls_full = 3,
                  .steps_full = 5,
                  .missed = 6},
                 4, hits().size(), text);
  EXPECT_EQ(text, golden("events.json"));
}

}  // namespace
}  // namespace nettrace
