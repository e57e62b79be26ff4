// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line from end to end. golden_test.cc has the seed's samples.
#include "render/text_renderer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "support/allocations.h"
#include "support/event_builder.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

using test::leaf_named;
using ::testing::HasSubstr;

std::string line(const TextStyle& style, const Event& event, const Leaf& leaf) {
  std::string out;
  TextRenderer(style, nullptr)
      .line({.event = &event, .leaf = &leaf, .time_ns = event.time_ns}, out);
  return out;
}

std::string without_escape_codes(std::string text) {
  size_t start;
  while ((start = text.find('\033')) != std::string::npos) {
    text.erase(start, text.find('m', start) - start + 1);
  }
  return text;
}

TEST(TextRenderer, TimeIsInMicrosecondsCutNotRounded) {
  const Leaf leaf = leaf_named("ip_rcv");
  EXPECT_EQ(line({}, {.time_ns = 1'000'001'999}, leaf),
            "1.000001: [ip_rcv                  ]: unknown protocol\n");
  EXPECT_EQ(line({}, {.time_ns = 999}, leaf),
            "0.000000: [ip_rcv                  ]: unknown protocol\n");
  EXPECT_EQ(line({}, {.time_ns = UINT64_MAX}, leaf),
            "18446744073.709551: [ip_rcv                  ]: unknown protocol\n");
}

TEST(TextRenderer, ALongFunctionNameIsNotCut) {
  EXPECT_EQ(line({}, {}, leaf_named("ipv6_mc_validate_checksum_x")),
            "0.000000: [ipv6_mc_validate_checksum_x]: unknown protocol\n");
}

TEST(TextRenderer, ColumnsStandInTheOrderGiven) {
  const TextStyle style{.columns = {find_column("module"), find_column("id"), find_column("cpu")}};
  EXPECT_EQ(line(style, {.skb = 0xabc, .cpu = 1}, leaf_named("ip_rcv")),
            "0.000000: [ip-in       ][abc][cpu:001][ip_rcv                  ]: unknown protocol\n");
}

TEST(TextRenderer, LatencyIsAlignedAndAddedUp) {
  const Leaf leaf = leaf_named("f");
  const Event event;
  Line lines[] = {{.event = &event, .leaf = &leaf, .time_ns = 1000},
                  {.event = &event, .leaf = &leaf, .time_ns = 21'346'678}};
  lines[1].since_ns = 21'345'678;
  const TextStyle style{.columns = {find_column("latency")}, .totals = true};
  std::string out;
  TextRenderer(style, nullptr)
      .block(
          {.tracking_id = 1, .skb = 2, .lines = lines, .merges = {}, .end = Block::End::complete},
          out);
  EXPECT_THAT(out, HasSubstr("0.000001: [              ][f "));
  EXPECT_THAT(out, HasSubstr("0.021346: [  +21345.678us][f "));
  EXPECT_THAT(out, HasSubstr("\ntotal: 21345.678us\n\n"));
}

TEST(TextRenderer, AppendsToWhatIsThere) {
  std::string out = "before\n";
  const Event event;
  const Leaf leaf = leaf_named("f");
  TextRenderer({}, nullptr).line({.event = &event, .leaf = &leaf, .time_ns = 0}, out);
  EXPECT_EQ(out, "before\n0.000000: [f                       ]: unknown protocol\n");
}

TEST(TextRenderer, ColourAddsNothingButEscapeCodes) {
  TextStyle style;
  for (const Column& field : all_columns()) style.columns.push_back(&field);
  const test::BuiltEvent built({.ifindex = 1, .ifname = "lo"});
  const Event& event = built.event;
  const Leaf leaf = leaf_named("ip_rcv");
  const std::string plain = line(style, event, leaf);
  style.colour = true;
  const std::string coloured = line(style, event, leaf);
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(without_escape_codes(coloured), plain);
  EXPECT_THAT(coloured, testing::EndsWith("\033[0m: unknown protocol\n"));  // none left switched on
  EXPECT_THAT(plain, testing::Not(testing::HasSubstr("\033")));
}

TEST(TextRenderer, AColumnIsAsWideAsTheLongestNameWhereThatIsAskedFor) {
  EXPECT_EQ(line({.function_width = 28}, {}, leaf_named("ip_rcv")),
            "0.000000: [ip_rcv                      ]: unknown protocol\n");
}

TEST(TextRenderer, ColumnsGrowWithWhatTheyHaveShown) {
  const TextStyle style{.columns = {find_column("if"), find_column("cpu")}, .grows = true};
  TextRenderer renderer(style, nullptr);
  const Leaf leaf = leaf_named("f");
  const auto shown = [&](uint32_t index, std::string_view name) {
    const test::BuiltEvent built({.ifindex = index, .ifname = name});
    std::string out;
    renderer.line({.event = &built.event, .leaf = &leaf, .time_ns = 0}, out);
    return out.substr(out.find('['), out.rfind("[f ") - out.find('['));
  };
  EXPECT_EQ(shown(2, "eth1"), "[2:eth1  ][cpu:000]");
  EXPECT_EQ(shown(3, "br-größer"), "[3:br-größer][cpu:000]");
  EXPECT_EQ(shown(2, "eth1"), "[2:eth1     ][cpu:000]");
}

TEST(TextRenderer, LayersDifferInColourAndDropsAreRed) {
  const auto tree = parse_tracer_tree(
      R"({"name": "all", "children": [{"name": "link", "children": ["a", "b"]},
          {"name": "ip", "children": ["c", {"name": "kfree_skb", "type": "tracepoint",
           "tp": "skb:kfree_skb"}]}]})",
      "test");
  ASSERT_TRUE(tree) << tree.error().what;
  const auto of = function_attributes(*tree);
  EXPECT_EQ(of[0], of[1]);
  EXPECT_NE(of[1], of[2]);
  EXPECT_EQ(of[3], attributes::bad);
  const TextStyle style{.colour = true, .functions = of};
  EXPECT_THAT(line(style, {.leaf = 3}, tree->leaves[3]),
              HasSubstr("\033[1;31m[kfree_skb               ]\033[0m: "));
  for (const std::string_view attribute : of) EXPECT_LE(attribute.size(), max_attribute_bytes);
}

// What is written below the line of an event.
class TextRendererBelow : public testing::Test {
 protected:
  std::string below(const TextStyle& style, const SymbolTable* symbols) const {
    std::string out;
    TextRenderer(style, symbols).line(shown_, out);
    return out.substr(out.find('\n') + 1);
  }
  std::string below() const { return below({}, &symbols_); }

  SymbolTable symbols_ = [] {
    SymbolTable table;
    table.add(0xffffffff81000000, "ip_rcv", "");
    table.add(0xffffffffc0301000, "br_handle_frame", "bridge");
    table.sort();
    return table;
  }();
  const std::array<uint64_t, 3> addresses_ = {0xffffffffc030101c, 0xffffffff81000133, 0x12};
  Event event_{};
  Leaf leaf_ = leaf_named("nf_hook_slow");
  ReturnType type_{.kind = ReturnType::Kind::error, .bytes = 4};
  Line shown_{.event = &event_, .leaf = &leaf_, .time_ns = 0, .return_type = &type_};
};

TEST_F(TextRendererBelow, IsNothingWhereNothingMoreIsKnown) { EXPECT_EQ(below(), ""); }

TEST_F(TextRendererBelow, AReturnValueIsHexadecimalAndNarrow) {
  shown_.returned = 0xdeadbeef'0000001a;
  EXPECT_EQ(below(), "                return value:1a\n");
  shown_.returned = 0;
  EXPECT_EQ(below(), "                return value:0\n");
}

TEST_F(TextRendererBelow, AReturnValueHasItsMeaning) {
  shown_.returned = 0xfffffff4;
  EXPECT_EQ(below(), "                return value:fffffff4 (-ENOMEM)\n");
  type_ = {.kind = ReturnType::Kind::skb};
  shown_.returned = 0xffff88858f242900;
  EXPECT_EQ(below(), "                return value:ffff88858f242900 (skb)\n");
}

TEST_F(TextRendererBelow, AStackHasALineForEachFrameInnermostFirst) {
  event_.stack = std::as_bytes(std::span(addresses_));
  EXPECT_EQ(below(), "        br_handle_frame+0x1c [bridge]\n        ip_rcv+0x133\n        0x12\n");
}

TEST_F(TextRendererBelow, AStackWithoutSymbolsIsAddresses) {
  event_.stack = std::as_bytes(std::span(addresses_)).first(16);
  EXPECT_EQ(below({}, nullptr), "        0xffffffffc030101c\n        0xffffffff81000133\n");
}

TEST_F(TextRendererBelow, AStackComesAfterTheReturnValue) {
  shown_.returned = 1;
  event_.stack = std::as_bytes(std::span(addresses_)).first(8);
  EXPECT_EQ(below(), "                return value:1\n        br_handle_frame+0x1c [bridge]\n");
}

TEST_F(TextRendererBelow, ColourAddsNothingButEscapeCodes) {
  shown_.returned = 0xfffffff4;
  event_.stack = std::as_bytes(std::span(addresses_));
  const std::string coloured = below({.columns = {}, .colour = true}, &symbols_);
  EXPECT_NE(coloured, below());
  EXPECT_EQ(without_escape_codes(coloured), below());
}

TEST(TextRenderer, TheTimeIsTheLinesNotTheEvents) {
  const Event event{.time_ns = 1'000'000'000};
  const Leaf leaf = leaf_named("skb_clone");
  std::string out;
  TextRenderer({}, nullptr).line({.event = &event, .leaf = &leaf, .time_ns = 2'000'000'000}, out);
  EXPECT_THAT(out, testing::StartsWith("2.000000: "));
}

TEST(TextRenderer, ATimeMayBeSinceTheLineBefore) {
  const Event event;
  const Leaf leaf = leaf_named("f");
  std::string out;
  TextRenderer renderer({.columns = {}, .time = TimeForm::delta}, nullptr);
  renderer.line({.event = &event, .leaf = &leaf, .time_ns = 1'000'000'000}, out);
  renderer.line({.event = &event, .leaf = &leaf, .time_ns = 1'000'002'000}, out);
  EXPECT_EQ(out,
            "0.000000: [f                       ]: unknown protocol\n"
            "0.000002: [f                       ]: unknown protocol\n");
}

// golden_test.cc has a block with everything in it.
class TextRendererBlock : public testing::Test {
 protected:
  std::string block(Block::End end, bool colour = false) const {
    std::string out;
    TextRenderer({.columns = {}, .colour = colour}, nullptr)
        .block({.tracking_id = 1,
                .skb = 0xffff88858f243100,
                .lines = lines_,
                .merges = merges_,
                .end = end},
               out);
    return out;
  }
  Line line_at(uint64_t seconds) const {
    return {.event = &event_, .leaf = &leaf_, .time_ns = seconds * 1'000'000'000};
  }

  Event event_{};
  Leaf leaf_ = leaf_named("f");
  std::vector<Line> lines_{};
  std::vector<SkbMerge> merges_{};
};

TEST_F(TextRendererBlock, HasAHeaderAndAnEmptyLineBehind) {
  EXPECT_EQ(block(Block::End::complete),
            "<------------------- skb: ffff88858f243100 ---------------------->\n\n");
}

TEST_F(TextRendererBlock, SaysWhyItIsUnfinished) {
  constexpr auto header = "<------------------- skb: ffff88858f243100 ---------------------->\n";
  EXPECT_EQ(explain(Block::End::complete), "");
  for (const auto end : {Block::End::interrupted, Block::End::silent, Block::End::crowded_out}) {
    EXPECT_FALSE(explain(end).empty());
    EXPECT_EQ(block(end), header + ("(unfinished: " + std::string(explain(end))) + ")\n\n");
  }
}

TEST_F(TextRendererBlock, AbsorptionsStandAmongTheLinesByTime) {
  lines_ = {line_at(2), line_at(4)};
  for (const uint64_t second : {1, 2, 3, 5}) {
    merges_.push_back({.time_ns = second * 1'000'000'000, .skb = 0x10 + second, .merged_into = 2});
  }
  EXPECT_EQ(block(Block::End::complete),
            "<------------------- skb: ffff88858f243100 ---------------------->\n"
            "1.000000: skb 11 became a part of skb 2\n"
            "2.000000: [f                       ]: unknown protocol\n"
            "2.000000: skb 12 became a part of skb 2\n"
            "3.000000: skb 13 became a part of skb 2\n"
            "4.000000: [f                       ]: unknown protocol\n"
            "5.000000: skb 15 became a part of skb 2\n"
            "\n");
}

TEST_F(TextRendererBlock, ColourAddsNothingButEscapeCodes) {
  lines_ = {line_at(2)};
  merges_ = {{.time_ns = 1, .skb = 1, .merged_into = 2}};
  const std::string plain = block(Block::End::silent);
  const std::string coloured = block(Block::End::silent, true);
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(without_escape_codes(coloured), plain);
}

TEST(TextRenderer, AllocatesNothingOnceTheBufferHasGrown) {
  TextStyle style{.columns = {}, .colour = true};
  for (const Column& field : all_columns()) style.columns.push_back(&field);
  test::HitRecord record = test::record_of(
      ETH_P_IPV6, test::join({test::Ipv6{.source = "fd00:1111:2222:3333:4444:5555:6666:7777"},
                              test::tcp(40000, 50000, 4000000000, 4000000000, 0x3f)}));
  record.device.ifindex = 1000;
  test::set_name(record.device.name, "0123456789abcde");
  test::set_name(record.task.comm, "0123456789abcde");
  const uint64_t frames[] = {0x1010, 0x1020};
  SymbolTable symbols;
  symbols.add(0x1000, "a_symbol_with_a_long_name", "a_module_with_a_long_name");
  symbols.sort();
  Event event = test::event_of(record);
  event.stack = std::as_bytes(std::span(frames));
  const Leaf leaf = leaf_named("a_function_with_a_long_name");
  const ReturnType type{.kind = ReturnType::Kind::verdict, .bytes = 4};
  const Line lines[] = {{.event = &event,
                         .leaf = &leaf,
                         .time_ns = event.time_ns,
                         .return_type = &type,
                         .returned = 111 << 16}};
  const SkbMerge merges[] = {{.time_ns = event.time_ns, .skb = 1, .merged_into = 2}};
  const Block block{.tracking_id = 1,
                    .skb = event.skb,
                    .lines = lines,
                    .merges = merges,
                    .end = Block::End::silent};
  TextRenderer renderer(style, &symbols);
  std::string out;
  renderer.block(block, out);
  out.clear();
  const size_t before = test::allocations();
  renderer.block(block, out);
  EXPECT_EQ(test::allocations(), before);
  EXPECT_THAT(out, testing::HasSubstr("NF_DROP, -ECONNREFUSED"));
}

}  // namespace
}  // namespace nettrace
