// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events that outlive their record.
#include "event/event_copy.h"

#include <gtest/gtest.h>

#include <cstring>

#include "support/event_builder.h"

namespace nettrace {
namespace {

struct RecordWithStack {
  test::HitRecord record;
  nt_stack stack;
};

TEST(OwnedEvent, OutlivesItsRecord) {
  auto hit = std::make_unique<RecordWithStack>();
  hit->record = test::record_of(ETH_P_IP, test::Ipv4{});
  hit->record.hit.sections |= NT_SECTION_BIT(NT_SECTION_STACK);
  hit->record.device.ifindex = 2;
  test::set_name(hit->record.device.name, "eth0");
  test::set_name(hit->record.task.comm, "ping");
  hit->stack = {.size = 16, .pad = 0, .frames = {0x10, 0x20}};
  const auto decoded = decode(std::as_bytes(std::span(hit.get(), 1)));
  ASSERT_TRUE(decoded);
  const auto& event = std::get<Event>(*decoded);
  EXPECT_EQ(pointed_bytes(event), sizeof(RecordWithStack) - sizeof(nt_packet));

  OwnedEvent first(event);
  const OwnedEvent owned = std::move(first);
  std::memset(hit.get(), 0xff, sizeof(*hit));
  hit.reset();
  EXPECT_EQ(owned.get().device_name(), "eth0");
  EXPECT_EQ(owned.get().comm(), "ping");
  ASSERT_EQ(owned.get().stack.size(), 16u);
  uint64_t frame = 0;
  std::memcpy(&frame, owned.get().stack.data() + 8, sizeof(frame));
  EXPECT_EQ(frame, 0x20u);
  EXPECT_EQ(owned.get().packet.source.bytes[0], 10);
}

TEST(OwnedEvent, MayPointToNothing) {
  const OwnedEvent owned(Event{});
  EXPECT_TRUE(owned.get().device_name().empty());
  EXPECT_TRUE(owned.get().stack.empty());
}

}  // namespace
}  // namespace nettrace
