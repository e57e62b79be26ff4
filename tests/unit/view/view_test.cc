// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Records in, text out: lines as they come, blocks when they are complete, and the limits of both.
#include "view/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "render/text_renderer.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

class ViewTest : public testing::Test {
 protected:
  ViewTest() : types(2) {
    tree.leaves.resize(2);
    tree.leaves[0].name = "ip_rcv";
    tree.leaves[1].name = "f";
    types[1] = {.kind = ReturnType::Kind::number, .bytes = 4, .names = {}};
    setup = {.tree = &tree, .return_types = &types, .renderer = &renderer, .stacks = {true, true}};
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

  void ended(View& view, uint64_t tracking_id) {
    const nt_tracking record{.head = {.time_ns = 1, .kind = NT_END, .cpu = 0},
                             .tracking_id = tracking_id,
                             .skb = 0xffff8887b6260800,
                             .other = 0};
    view.take(std::as_bytes(std::span(&record, 1)), out);
  }

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
  const auto view = make_line_view(setup);
  hit(*view, 0);
  EXPECT_EQ(printed(), " ip_rcv");
  EXPECT_EQ(view->lines(), 1u);
}

TEST_F(ViewTest, AReturnIsTheLineAgainWithItsValue) {
  setup.returns = true;
  const auto view = make_line_view(setup);
  hit(*view, 1, 70);
  hit(*view, 0);
  returned(*view, 70, 0xffffffff);
  EXPECT_EQ(printed(), " f ip_rcv f return value:ffffffff (-EPERM)");
}

TEST_F(ViewTest, AReturnThatNobodyAskedForIsNotShown) {
  const auto view = make_line_view(setup);
  hit(*view, 1, 70);
  returned(*view, 70, 0);
  EXPECT_EQ(printed(), " f");
}

TEST_F(ViewTest, AKretprobeLeafIsShownAtItsReturnOnly) {
  const auto view = make_line_view(setup);
  hit(*view, 1, 70, NT_AT_RETURN);
  EXPECT_EQ(printed(), "");
  hit(*view, 0);
  returned(*view, 70, 5);
  EXPECT_EQ(printed(), " ip_rcv f");
  EXPECT_THAT(out, HasSubstr("0.003000: [f "));
}

TEST_F(ViewTest, LinesAreLimitedToTheLine) {
  setup.max_lines = 2;
  const auto view = make_line_view(setup);
  for (int i = 0; i < 5; ++i) hit(*view, 0);
  EXPECT_TRUE(view->is_done());
  EXPECT_EQ(printed(), " ip_rcv ip_rcv");
}

TEST_F(ViewTest, CompleteBlocksAreCounted) {
  setup.max_blocks = 1;
  const auto view = make_block_view(setup);
  hit(*view, 0, 0, 0, 7);
  hit(*view, 0, 0, 0, 8);
  EXPECT_EQ(out, "");
  ended(*view, 8);
  EXPECT_TRUE(view->is_done());
  EXPECT_EQ(view->blocks(), 1u);
  view->finish(out);
  EXPECT_EQ(view->unfinished_blocks(), 0u);  // the limit was reached
}

TEST_F(ViewTest, EventsWithoutALifeAreNoBlock) {
  const auto view = make_block_view(setup);
  hit(*view, 0);
  view->finish(out);
  EXPECT_EQ(out, "");
}

TEST_F(ViewTest, WhatIsNotARecordOrNamesNoLeafIsCounted) {
  const auto view = make_line_view(setup);
  view->take({}, out);
  hit(*view, 2);
  EXPECT_EQ(view->malformed(), 2u);
  EXPECT_EQ(out, "");
}

TEST_F(ViewTest, OnlyWantedEventsAndStacksAreShown) {
  setup.is_wanted = [](const Event& event) { return event.leaf == 0; };
  const auto view = make_line_view(setup);
  hit(*view, 1);
  hit(*view, 0);
  EXPECT_EQ(printed(), " ip_rcv");
}

}  // namespace
}  // namespace nettrace
