// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the objects say. golden_test.cc has whole lines; docs/nettrace.schema.json is held against
// those.
#include "render/json_renderer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/allocations.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using nlohmann::json;
using test::join;

class JsonRendererTest : public testing::Test {
 protected:
  // Of one line of output.
  static json parse(const std::string& text) {
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
    EXPECT_THAT(text, testing::EndsWith("}\n"));
    return json::parse(text);
  }
  json line() const {
    std::string out;
    JsonRenderer(&symbols_).line(shown_, out);
    return parse(out);
  }
  json line_of(const test::HitRecord& record) {
    event_ = test::event_of(record);
    shown_.time_ns = event_.time_ns;
    return line();
  }
  json block(Block::End end, std::vector<Line> lines, std::vector<SkbMerge> merges) const {
    std::string out;
    JsonRenderer(&symbols_).block(
        {.tracking_id = 7, .skb = 0xffff8887b6260800, .lines = lines, .merges = merges, .end = end},
        out);
    return parse(out);
  }
  Line line_at(uint64_t time_ns) const {
    return {.event = &event_, .leaf = &leaf_, .time_ns = time_ns};
  }

  SymbolTable symbols_ = [] {
    SymbolTable table;
    table.add(0xffffffff81000000, "ip_rcv", "");
    table.add(0xffffffffc0301000, "br_handle_frame", "bridge");
    table.sort();
    return table;
  }();
  Event event_{};
  Leaf leaf_ = test::leaf_named("ip_rcv");
  ReturnType type_{.kind = ReturnType::Kind::error, .bytes = 4};
  Line shown_{.event = &event_, .leaf = &leaf_, .time_ns = 0, .return_type = &type_};
};

TEST_F(JsonRendererTest, AnEventSaysWhereItWasSeen) {
  const test::BuiltEvent built(
      {.pid = 4711, .comm = "swapper/3", .ifindex = 2, .ifname = "eth1", .len = 84});
  event_ = built.event;
  event_.skb = 0xffff8887b6260800;
  event_.tracking_id = 0x10;
  event_.cpu = 3;
  const json event = line();
  EXPECT_EQ(event["type"], "event");
  EXPECT_EQ(event["function"], "ip_rcv");
  EXPECT_EQ(event["module"], "ip-in");
  EXPECT_EQ(event["skb"], "0xffff8887b6260800");
  EXPECT_EQ(event["life"], "0x10");
  EXPECT_EQ(event["if"], json({{"index", 2}, {"name", "eth1"}}));
  EXPECT_EQ(event["pid"], 4711);
  EXPECT_EQ(event["comm"], "swapper/3");
  EXPECT_EQ(event["cpu"], 3);
  EXPECT_EQ(event["len"], 84);
}

TEST_F(JsonRendererTest, TheTimeIsTheLinesNotTheEvents) {
  event_.time_ns = 5;
  shown_.time_ns = 1'500'000'001;
  std::string out;
  JsonRenderer(nullptr).line(shown_, out);
  EXPECT_THAT(out, testing::HasSubstr("\"time\":1.500000001,"));
}

TEST_F(JsonRendererTest, WhatIsNotKnownIsNull) {
  const json event = line();
  for (const char* key :
       {"life", "if", "protocol", "ethertype", "l4_proto", "source", "destination", "source_port",
        "destination_port", "tcp", "udp", "icmp", "arp", "return", "stack"}) {
    EXPECT_TRUE(event.at(key).is_null()) << key;
  }
  EXPECT_EQ(event["comm"], "");
  EXPECT_EQ(event["fragment_offset"], 0);
  EXPECT_EQ(event["summary"], "unknown protocol");
}

TEST_F(JsonRendererTest, EveryEventHasTheSameKeys) {
  const auto keys = [](const json& object) {
    std::vector<std::string> names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  };
  const auto expected = keys(line());
  shown_.returned = 1;
  const json full = line_of(
      test::ethernet_record_of(ETH_P_IP, join({test::Ipv4{}, test::tcp(80, 40000, 1, 2, 0x18)})));
  EXPECT_EQ(keys(full), expected);
}

TEST_F(JsonRendererTest, SomeKeysAreThereOnlyWhereTheirColumnIsAskedFor) {
  const auto columns = [this] {
    std::string out;
    JsonRenderer(&symbols_,
                 {find_column("netns"), find_column("mark"), find_column("len"),
                  find_column("caller"), find_column("id")},
                 [](uint32_t inode) { return inode == 4026531840 ? "left" : ""; })
        .line(shown_, out);
    return parse(out);
  };
  EXPECT_FALSE(line().contains("netns") || line().contains("mark") || line().contains("caller"));
  const size_t others = line().size();
  EXPECT_EQ(columns().size(), others + 4);
  EXPECT_TRUE(columns()["netns"].is_null());
  EXPECT_TRUE(columns()["netns_name"].is_null());
  EXPECT_TRUE(columns()["caller"].is_null());
  const test::BuiltEvent unnamed({.netns = 1});
  event_ = unnamed.event;
  EXPECT_TRUE(columns()["netns_name"].is_null());
  const test::BuiltEvent built({.mark = 0x10, .netns = 4026531840, .caller = 0xffffffffc030101c});
  event_ = built.event;
  EXPECT_EQ(columns()["netns"], 4026531840);
  EXPECT_EQ(columns()["netns_name"], "left");
  EXPECT_EQ(columns()["mark"], 16);
  EXPECT_EQ(columns()["caller"], (json{{"address", "0xffffffffc030101c"},
                                       {"symbol", "br_handle_frame"},
                                       {"offset", 28},
                                       {"module", "bridge"}}));
}

TEST_F(JsonRendererTest, ReadsTcp) {
  const json event = line_of(
      test::ethernet_record_of(ETH_P_IP, join({test::Ipv4{}, test::tcp(80, 40000, 1, 2, 0x1a)})));
  EXPECT_EQ(event["protocol"], "TCP");
  EXPECT_EQ(event["ethertype"], 0x800);
  EXPECT_EQ(event["l4_proto"], 6);
  EXPECT_EQ(event["source"], "10.0.0.1");
  EXPECT_EQ(event["destination"], "10.0.0.2");
  EXPECT_EQ(event["source_port"], 80);
  EXPECT_EQ(event["destination_port"], 40000);
  EXPECT_EQ(event["tcp"], json({{"seq", 1}, {"ack", 2}, {"flags", {"A", "P", "S"}}}));
  EXPECT_EQ(event["summary"], "TCP: 10.0.0.1:80 -> 10.0.0.2:40000, seq:1, ack:2 A,P,S");
}

TEST_F(JsonRendererTest, TcpWithoutFlagsHasAnEmptyList) {
  const json event =
      line_of(test::record_of(ETH_P_IP, join({test::Ipv4{}, test::tcp(1, 2, 0, 0, 0)})));
  EXPECT_EQ(event["tcp"]["flags"], json::array());
}

TEST_F(JsonRendererTest, ReadsUdpOverIpv6) {
  const json event = line_of(test::record_of(
      ETH_P_IPV6, join({test::Ipv6{.next_header = IPPROTO_UDP}, test::udp(53, 4000, 60)})));
  EXPECT_EQ(event["source"], "fd00::1");
  EXPECT_EQ(event["source_port"], 53);
  EXPECT_EQ(event["udp"], json({{"len", 60}}));
}

TEST_F(JsonRendererTest, ReadsIcmp) {
  const test::Ipv4 ip{.protocol = IPPROTO_ICMP};
  const json ping = line_of(test::record_of(ETH_P_IP, join({ip, test::icmp(8, 0, 77, 1)})));
  EXPECT_EQ(ping["protocol"], "ICMP");
  EXPECT_EQ(ping["icmp"], json({{"type", 8}, {"code", 0}, {"id", 77}, {"seq", 1}}));
  EXPECT_TRUE(ping["source_port"].is_null());
  const json failures = line_of(test::record_of(ETH_P_IP, join({ip, test::icmp(3, 3)})));
  EXPECT_EQ(failures["icmp"], json({{"type", 3}, {"code", 3}, {"id", nullptr}, {"seq", nullptr}}));
}

TEST_F(JsonRendererTest, ReadsArp) {
  const json event = line_of(test::record_of(ETH_P_ARP, test::arp(2, "10.0.0.2", "10.0.0.1")));
  EXPECT_EQ(event["arp"], json({{"operation", 2}}));
  EXPECT_EQ(event["source"], "10.0.0.2");
  EXPECT_TRUE(event["l4_proto"].is_null());
}

TEST_F(JsonRendererTest, ReadsALaterFragment) {
  const test::Ipv4 late{.protocol = IPPROTO_UDP, .fragment_field = 185};
  const json event = line_of(test::record_of(ETH_P_IP, join({late, test::Buffer(8)})));
  EXPECT_EQ(event["fragment_offset"], 1480);
  EXPECT_TRUE(event["udp"].is_null());
}

TEST_F(JsonRendererTest, HostileNamesAreTextsAllTheSame) {
  const test::BuiltEvent built({.comm = "\\\xff\033\"", .ifindex = 1, .ifname = "\",{"});
  event_ = built.event;
  leaf_.name = "f\"";
  leaf_.module = "\u009b";
  type_ = {.kind = ReturnType::Kind::enumeration, .bytes = 4, .names = {{0, "A\"\\\n"}}};
  shown_.returned = 0;
  const json event = line();
  EXPECT_EQ(event["if"]["name"], "\",{");
  EXPECT_EQ(event["comm"], "\\\ufffd\033\"");
  EXPECT_EQ(event["function"], "f\"");
  EXPECT_EQ(event["module"], "\u009b");
  EXPECT_EQ(event["return"]["meaning"], "A\"\\?");
}

TEST_F(JsonRendererTest, AReturnValueIsNarrowAndHasItsMeaning) {
  shown_.returned = 0xdeadbeef'fffffff4;
  EXPECT_EQ(line()["return"], json({{"value", "0xfffffff4"}, {"meaning", "-ENOMEM"}}));
  shown_.returned = 0;
  EXPECT_EQ(line()["return"], json({{"value", "0x0"}, {"meaning", nullptr}}));
}

TEST_F(JsonRendererTest, AStackIsAListOfFrames) {
  const uint64_t frames[] = {0xffffffffc030101c, 0xffffffff81000133, 0x12};
  event_.stack = std::as_bytes(std::span(frames));
  const json expected = {
      {{"address", "0xffffffffc030101c"},
       {"symbol", "br_handle_frame"},
       {"offset", 28},
       {"module", "bridge"}},
      {{"address", "0xffffffff81000133"},
       {"symbol", "ip_rcv"},
       {"offset", 307},
       {"module", nullptr}},
      {{"address", "0x12"}, {"symbol", nullptr}, {"offset", nullptr}, {"module", nullptr}}};
  EXPECT_EQ(line()["stack"], expected);
}

TEST_F(JsonRendererTest, AStackWithoutSymbolsIsAddresses) {
  const uint64_t frames[] = {0xffffffff81000133};
  event_.stack = std::as_bytes(std::span(frames));
  std::string out;
  JsonRenderer(nullptr).line(shown_, out);
  EXPECT_TRUE(parse(out)["stack"][0]["symbol"].is_null());
}

TEST_F(JsonRendererTest, APacketHasItsEventsAndAbsorptions) {
  event_.skb = 0xffff8887b6260800;
  const json packet = block(Block::End::complete, {line_at(1'000'000'000), line_at(3'000'000'000)},
                            {{.time_ns = 3'500'000'000, .skb = 0xa, .merged_into = 0xb}});
  EXPECT_EQ(packet["type"], "packet");
  EXPECT_EQ(packet["skb"], "0xffff8887b6260800");
  EXPECT_EQ(packet["life"], "0x7");
  EXPECT_EQ(packet["end"], "complete");
  EXPECT_EQ(packet["begin"], 1.0);
  EXPECT_EQ(packet["duration"], 2.5);
  ASSERT_EQ(packet["events"].size(), 2u);
  EXPECT_EQ(packet["events"][1]["time"], 3.0);
  EXPECT_EQ(packet["events"][1]["type"], "event");
  EXPECT_EQ(packet["absorptions"],
            json::array({{{"time", 3.5}, {"skb", "0xa"}, {"taker", "0xb"}}}));
}

TEST_F(JsonRendererTest, APacketMayBeginWithAnAbsorption) {
  const json packet = block(Block::End::complete, {line_at(2'000'000'000)},
                            {{.time_ns = 1'000'000'000, .skb = 0xa, .merged_into = 0xb}});
  EXPECT_EQ(packet["begin"], 1.0);
  EXPECT_EQ(packet["duration"], 1.0);
}

TEST_F(JsonRendererTest, APacketWithoutEventsHasNoTime) {
  const json packet = block(Block::End::complete, {}, {});
  EXPECT_TRUE(packet["begin"].is_null());
  EXPECT_TRUE(packet["duration"].is_null());
  EXPECT_EQ(packet["events"], json::array());
  EXPECT_EQ(packet["absorptions"], json::array());
}

TEST_F(JsonRendererTest, APacketSaysHowItEnded) {
  EXPECT_EQ(block(Block::End::interrupted, {}, {})["end"], "interrupted");
  EXPECT_EQ(block(Block::End::silent, {}, {})["end"], "silent");
  EXPECT_EQ(block(Block::End::crowded_out, {}, {})["end"], "crowded_out");
}

TEST_F(JsonRendererTest, TheSummaryCountsLossesByCause) {
  std::string out;
  append_summary({.ring_full = 1,
                  .rest_full = 7,
                  .tracked_full = 2,
                  .calls_full = 3,
                  .steps_full = 5,
                  .missed = 6},
                 4, 5, out);
  EXPECT_EQ(parse(out), json({{"type", "summary"},
                              {"printed", 5},
                              {"lost",
                               {{"ring_full", 1},
                                {"rest_full", 7},
                                {"lives_full", 2},
                                {"calls_full", 3},
                                {"steps_full", 5},
                                {"missed", 6},
                                {"malformed", 4}}}}));
}

TEST_F(JsonRendererTest, ALossOnTheWayIsALineOfItsOwn) {
  std::string out;
  append_losses({.ring_full = 1}, 0, out);
  EXPECT_EQ(parse(out)["type"], "loss");
  EXPECT_EQ(parse(out)["lost"]["ring_full"], 1);
}

TEST_F(JsonRendererTest, AllocatesNothingOnceTheBufferHasGrown) {
  test::HitRecord record = test::record_of(
      ETH_P_IPV6, join({test::Ipv6{.source = "fd00:1111:2222:3333:4444:5555:6666:7777"},
                        test::tcp(40000, 50000, 4000000000, 4000000000, 0x3f)}));
  record.device.ifindex = 1000;
  test::set_name(record.device.name, "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"");
  test::set_name(record.task.comm, "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01");
  event_ = test::event_of(record);
  const uint64_t frames[] = {0xffffffffc030101c, 0xffffffff81000133};
  event_.stack = std::as_bytes(std::span(frames));
  type_ = {.kind = ReturnType::Kind::verdict, .bytes = 4};
  shown_.returned = 111 << 16;
  const SkbMerge merge{.time_ns = 1, .skb = 2, .merged_into = 3};
  const Block block{.tracking_id = 7,
                    .skb = event_.skb,
                    .lines = {&shown_, 1},
                    .merges = {&merge, 1},
                    .end = Block::End::silent};
  JsonRenderer renderer(&symbols_);
  std::string out;
  renderer.block(block, out);
  const std::string first = out;
  out.clear();
  const size_t before = test::allocations();
  renderer.block(block, out);
  EXPECT_EQ(test::allocations(), before);
  EXPECT_EQ(out, first);
  EXPECT_THAT(out, testing::HasSubstr("NF_DROP, -ECONNREFUSED"));
}

}  // namespace
}  // namespace nettrace
