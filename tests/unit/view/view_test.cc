// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Records in, text out: lines as they come, blocks when they are complete, and the limits of both.
#include "view/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "render/text_renderer.h"
#include "support/event_builder.h"
#include "support/record_builder.h"
#include "view/block_view.h"
#include "view/line_view.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

class ViewTest : public testing::Test {
 protected:
  ViewTest() : types(2) {
    tree.leaves.resize(2);
    tree.leaves[0].name = "ip_rcv";
    tree.leaves[1].name = "f";
    types[1] = {.kind = ReturnType::Kind::error, .bytes = 4, .names = {}};
    setup = {.tree = &tree, .return_types = &types, .stacks = {true, true}};
  }

  void hit(View& view, uint32_t leaf, uint64_t call = 0, uint16_t flags = 0,
           uint64_t tracking_id = 0) {
    test::HitRecord record = test::record_of(ETH_P_IP, test::Ipv4{});
    record.hit.head.time_ns = 1'000'000 * ++time_us;
    record.hit.leaf = leaf;
    record.hit.call = call;
    record.hit.flags = static_cast<uint8_t>(flags);
    record.hit.tracking_id = tracking_id;
    view.take(test::bytes_of(record), out);
  }

  void returned(View& view, uint64_t call, uint64_t value) {
    const nt_return record{.head = {.time_ns = 1'000'000 * ++time_us, .kind = NT_RETURN, .cpu = 0},
                           .call = call,
                           .value = value};
    view.take(std::as_bytes(std::span(&record, 1)), out);
  }

  static constexpr uint64_t first_skb = 0xffff8887b6260800;

  void changed(View& view, nt_record_kind kind, uint64_t tracking_id, uint64_t skb,
               uint64_t other = 0) {
    const nt_tracking record{.head = {.time_ns = 1, .kind = kind, .cpu = 0},
                             .tracking_id = tracking_id,
                             .skb = skb,
                             .other = other};
    view.take(std::as_bytes(std::span(&record, 1)), out);
  }
  void ended(View& view, uint64_t tracking_id) { changed(view, NT_END, tracking_id, first_skb); }

  // The functions and return values of what was printed.
  std::string printed() const {
    std::string all;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("   ")) {
        all += " " + line.substr(16);
      } else if (const size_t name = line.find('['); name != std::string::npos) {
        all += " " + line.substr(name + 1, line.find(' ', name) - name - 1);
      }
    }
    return all;
  }

  TracerTree tree;
  std::vector<ReturnType> types;
  TextRenderer renderer{{}, nullptr};
  ViewSetup setup;
  std::string out;
  uint64_t time_us = 0;
};

TEST_F(ViewTest, LinesComeAtOnce) {
  LineView view(setup, renderer);
  hit(view, 0);
  EXPECT_EQ(printed(), " ip_rcv");
  EXPECT_EQ(view.lines(), 1u);
}

TEST_F(ViewTest, AReturnIsTheLineAgainWithItsValue) {
  setup.returns = true;
  LineView view(setup, renderer);
  hit(view, 1, 70);
  hit(view, 0);
  returned(view, 70, 0xffffffff);
  EXPECT_EQ(printed(), " f ip_rcv f return value:ffffffff (-EPERM)");
}

TEST_F(ViewTest, AReturnThatNobodyAskedForIsNotShown) {
  LineView view(setup, renderer);
  hit(view, 1, 70);
  returned(view, 70, 0);
  EXPECT_EQ(printed(), " f");
}

TEST_F(ViewTest, AKretprobeLeafIsShownAtItsReturnOnly) {
  LineView view(setup, renderer);
  hit(view, 1, 70, NT_AT_RETURN);
  EXPECT_EQ(printed(), "");
  hit(view, 0);
  returned(view, 70, 5);
  EXPECT_EQ(printed(), " ip_rcv f");
  EXPECT_THAT(out, HasSubstr("0.003000: [f "));
}

TEST_F(ViewTest, LinesAreLimitedToTheLine) {
  setup.max_lines = 2;
  LineView view(setup, renderer);
  for (int i = 0; i < 5; ++i) hit(view, 0);
  EXPECT_TRUE(view.is_done());
  EXPECT_EQ(printed(), " ip_rcv ip_rcv");
}

TEST_F(ViewTest, CompleteBlocksAreCounted) {
  setup.max_blocks = 1;
  BlockView view(setup, renderer);
  hit(view, 0, 0, 0, 7);
  hit(view, 0, 0, 0, 8);
  EXPECT_EQ(out, "");
  ended(view, 8);
  EXPECT_TRUE(view.is_done());
  EXPECT_EQ(view.blocks(), 1u);
  view.finish(out);
  EXPECT_EQ(view.unfinished_blocks(), 0u);  // the limit was reached
}

TEST_F(ViewTest, EventsWithoutALifeAreNoBlock) {
  BlockView view(setup, renderer);
  hit(view, 0);
  view.finish(out);
  EXPECT_EQ(out, "");
}

TEST_F(ViewTest, APacketOfWhichNoEventIsWantedIsNoBlock) {
  setup.is_wanted = [](const Event&) { return false; };
  setup.max_blocks = 1;
  BlockView view(setup, renderer);
  hit(view, 0, 0, 0, 7);
  changed(view, NT_JOIN, 7, first_skb + 0x100, first_skb);
  changed(view, NT_MERGED, 7, first_skb + 0x100, first_skb);
  ended(view, 7);
  view.finish(out);
  EXPECT_EQ(out, "");
  EXPECT_EQ(view.blocks() + view.unfinished_blocks(), 0u);
  EXPECT_FALSE(view.is_done());
}

TEST_F(ViewTest, ACopyMadeBeforeTheFirstWantedEventBelongsToItsPacket) {
  setup.is_wanted = [](const Event& event) { return event.leaf == 1; };
  BlockView view(setup, renderer);
  hit(view, 0, 0, 0, 7);
  changed(view, NT_JOIN, 7, first_skb + 0x100, first_skb);
  hit(view, 1, 0, 0, 7);
  ended(view, 7);
  EXPECT_EQ(view.blocks(), 0u);
  changed(view, NT_END, 7, first_skb + 0x100);
  EXPECT_EQ(view.blocks(), 1u);
  EXPECT_EQ(view.lines(), 1u);
}

TEST_F(ViewTest, WhatIsNotARecordOrNamesNoLeafIsCounted) {
  LineView view(setup, renderer);
  view.take({}, out);
  hit(view, 2);
  EXPECT_EQ(view.malformed(), 2u);
  EXPECT_EQ(out, "");
}

TEST_F(ViewTest, OnlyWantedEventsAndStacksAreShown) {
  setup.is_wanted = [](const Event& event) { return event.leaf == 0; };
  LineView view(setup, renderer);
  hit(view, 1);
  hit(view, 0);
  EXPECT_EQ(printed(), " ip_rcv");
}

}  // namespace
}  // namespace nettrace
