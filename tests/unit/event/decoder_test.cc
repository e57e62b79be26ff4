// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which bytes are a record, and what the event says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/event.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

test::HitRecord ping() {
  return test::ethernet_record_of(
      ETH_P_IP, test::join({test::Ipv4{.protocol = IPPROTO_ICMP}, test::icmp(8, 0, 1, 1)}));
}

std::string refusal(const test::HitRecord& record) {
  const auto event = decode(test::bytes_of(record));
  return event ? "" : event.error().what;
}

// A red-black tree's link read as a device: what stands there is a kernel address.
TEST(Decoder, TakesTheLinkOfAQueueForNoDevice) {
  test::HitRecord record = ping();
  record.device.ifindex = 0x11223344;
  test::set_name(record.device.name, "\x01\x42\x60\xb2\x87\x88\xff\xff");
  const Event event = test::event_of(record);
  EXPECT_EQ(event.device_name(), "");
}

TEST(Decoder, RefusesAHitOfAnotherKindOfSubject) {
  test::HitRecord record = ping();
  record.hit.subject_kind = NT_SUBJECT_SKB + 1;
  Record decoded;
  const auto error = decode(std::as_bytes(std::span(&record, 1)), decoded);
  ASSERT_TRUE(error);
  EXPECT_NE(error->what.find("unknown kind of subject, 1"), std::string::npos) << error->what;
}

TEST(Decoder, CopiesEveryField) {
  test::HitRecord record = ping();
  record.hit.leaf = 7;
  record.task.pid = 4711;
  record.hit.head.cpu = 3;
  record.device.ifindex = 2;
  record.packet.len = 98;
  record.mark.value = 0x7f;
  record.netns.inode = 4026531840;
  record.caller.address = 0xffffffff81000086;
  test::set_name(record.device.name, "eth1");
  test::set_name(record.task.comm, "swapper/3");
  const Event event = test::event_of(record);
  EXPECT_EQ(event.time_ns, 453516922978000u);
  EXPECT_EQ(event.skb, 0xffff8887b6260800u);
  EXPECT_EQ(event.leaf, 7u);
  EXPECT_EQ(event.section<nt_task>().pid, 4711u);
  EXPECT_EQ(event.cpu, 3u);
  EXPECT_EQ(event.section<nt_device>().ifindex, 2u);
  EXPECT_EQ(event.len, 98u);
  EXPECT_EQ(event.section<nt_mark>().value, 0x7fu);
  EXPECT_EQ(event.section<nt_netns>().inode, 4026531840u);
  EXPECT_EQ(event.section<nt_caller>().address, 0xffffffff81000086u);
  EXPECT_EQ(event.device_name(), "eth1");
  EXPECT_EQ(event.comm(), "swapper/3");
  ASSERT_TRUE(event.packet.icmp);
  EXPECT_EQ(event.packet.icmp->seq, 1);
}

TEST(Decoder, RefusesEveryShorterLength) {
  const test::HitRecord record = ping();
  for (size_t size = 0; size < sizeof(record); ++size) {
    const auto event = decode(test::bytes_of(record).first(size));
    ASSERT_FALSE(event) << size;
    EXPECT_THAT(event.error().what, HasSubstr(std::to_string(size) + " bytes")) << size;
  }
}

TEST(Decoder, IgnoresWhatALaterVersionAppends) {
  std::vector<std::byte> longer(sizeof(test::HitRecord) + 100, std::byte{0xff});
  const test::HitRecord record = ping();
  std::memcpy(longer.data(), &record, sizeof(record));
  EXPECT_TRUE(decode(longer));
}

TEST(Decoder, ASectionThatIsNotThereSaysNothing) {
  test::HitRecord record = ping();
  record.hit.sections = NT_SECTION_BIT(NT_SECTION_PACKET);
  const auto bytes = test::bytes_of(record).first(sizeof(nt_hit) + sizeof(nt_packet));
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded) << decoded.error().what;
  const auto& event = std::get<Event>(*decoded);
  EXPECT_TRUE(event.packet.icmp);
  EXPECT_EQ(event.device_name(), "");
  EXPECT_EQ(event.comm(), "");
  EXPECT_EQ(event.section<nt_mark>().value, 0u);
}

TEST(Decoder, RefusesSectionsThatItDoesNotKnow) {
  test::HitRecord record = ping();
  record.hit.sections = 1 << NT_SECTION_COUNT;
  EXPECT_THAT(refusal(record), HasSubstr("unknown sections 0x100"));
}

TEST(Decoder, NeedsNoAlignment) {
  std::vector<std::byte> shifted(sizeof(test::HitRecord) + 1);
  test::HitRecord record = ping();
  test::set_name(record.task.comm, "ping");
  std::memcpy(shifted.data() + 1, &record, sizeof(record));
  const auto decoded = decode(std::span(shifted).subspan(1));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<Event>(*decoded).comm(), "ping");
}

TEST(Decoder, ErrorsAreNotTheUsersFault) {
  const auto event = decode({});
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().failure, Failure::cannot_trace);
}

TEST(Decoder, RefusesKindsThatItDoesNotKnow) {
  test::HitRecord record = ping();
  record.hit.head.kind = 0;
  EXPECT_THAT(refusal(record), HasSubstr("unknown kind 0"));
  record.hit.head.kind = NT_MERGED + 1;
  EXPECT_THAT(refusal(record), HasSubstr("unknown kind 6"));
}

TEST(Decoder, ReadsAReturn) {
  const nt_return record{
      .head = {.time_ns = 5, .kind = NT_RETURN, .cpu = 1}, .call = 7, .value = 9};
  const auto bytes = std::as_bytes(std::span(&record, 1));
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded);
  const auto& result = std::get<Return>(*decoded);
  EXPECT_EQ(result.time_ns, 5u);
  EXPECT_EQ(result.call, 7u);
  EXPECT_EQ(result.value, 9u);
  EXPECT_FALSE(decode(bytes.first(bytes.size() - 1)));
}

TEST(Decoder, ReadsEachTurnOfALife) {
  for (const auto& [kind, expected] : {std::pair{NT_JOIN, TrackingChange::Kind::joined},
                                       std::pair{NT_END, TrackingChange::Kind::ended},
                                       std::pair{NT_MERGED, TrackingChange::Kind::merged}}) {
    const nt_tracking record{.head = {.time_ns = 5, .kind = static_cast<uint32_t>(kind), .cpu = 1},
                             .tracking_id = 7,
                             .skb = 8,
                             .other = 9};
    const auto bytes = std::as_bytes(std::span(&record, 1));
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded);
    const auto& change = std::get<TrackingChange>(*decoded);
    EXPECT_EQ(change.kind, expected);
    EXPECT_EQ(change.time_ns, 5u);
    EXPECT_EQ(change.tracking_id, 7u);
    EXPECT_EQ(change.skb, 8u);
    EXPECT_EQ(change.other, 9u);
    EXPECT_FALSE(decode(bytes.first(bytes.size() - 1)));
  }
}

struct HitWithStack {
  test::HitRecord record;
  nt_stack stack;
};

TEST(Decoder, AStackFollowsItsHit) {
  HitWithStack hit{.record = ping(), .stack = {}};
  hit.record.hit.sections |= NT_SECTION_BIT(NT_SECTION_STACK);
  hit.stack.size = 16;
  hit.stack.frames[1] = 0xffffffff81000000;
  const auto bytes = std::as_bytes(std::span(&hit, 1));
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<Event>(*decoded).stack.data(), bytes.data() + sizeof(test::HitRecord) + 8);
  EXPECT_EQ(std::get<Event>(*decoded).stack.size(), 16u);
  EXPECT_FALSE(decode(bytes.first(bytes.size() - 1)));
}

TEST(Decoder, RefusesAStackThatDoesNotFit) {
  HitWithStack hit{.record = ping(), .stack = {}};
  hit.record.hit.sections |= NT_SECTION_BIT(NT_SECTION_STACK);
  for (const uint32_t size : {7u, uint32_t{sizeof(hit.stack.frames)} + 8, 0xffffffffu}) {
    hit.stack.size = size;
    const auto decoded = decode(std::as_bytes(std::span(&hit, 1)));
    ASSERT_FALSE(decoded);
    EXPECT_THAT(decoded.error().what, HasSubstr("a stack of " + std::to_string(size)));
  }
}

TEST(Decoder, RefusesMoreHeaderBytesThanFit) {
  test::HitRecord record = ping();
  record.packet.header_len = NT_HEADER_BYTES;
  EXPECT_EQ(refusal(record), "");
  record.packet.header_len = NT_HEADER_BYTES + 1;
  EXPECT_THAT(refusal(record), HasSubstr("129 header bytes"));
}

TEST(Decoder, RefusesALayerBehindTheHeaderBytes) {
  test::HitRecord record = ping();
  record.packet.l3_offset = record.packet.header_len;
  EXPECT_EQ(refusal(record), "");
  record.packet.l3_offset = static_cast<uint16_t>(record.packet.header_len + 1);
  EXPECT_THAT(refusal(record), HasSubstr("layers at 43"));
  record = ping();
  record.packet.l4_offset = 0xfffe;
  EXPECT_THAT(refusal(record), HasSubstr("65534"));
}

TEST(Decoder, AcceptsARecordWithoutHeaders) {
  test::HitRecord record{};
  record.hit.sections = test::usual_sections;
  record.hit.head.kind = NT_HIT;
  record.packet.l3_offset = NT_NO_OFFSET;
  record.packet.l4_offset = NT_NO_OFFSET;
  EXPECT_EQ(refusal(record), "");
}

TEST(Decoder, ANameWithoutNulEndsWithItsField) {
  test::HitRecord record = ping();
  record.device.ifindex = 1;
  test::set_name(record.device.name, "0123456789abcdef");
  test::set_name(record.task.comm, "fedcba9876543210");
  const Event event = test::event_of(record);
  EXPECT_EQ(event.device_name(), "0123456789abcdef");
  EXPECT_EQ(event.comm(), "fedcba9876543210");
}

}  // namespace
}  // namespace nettrace
