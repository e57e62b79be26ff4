// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Each output column's text and width.
#include "render/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_builder.h"

namespace nettrace {
namespace {

using testing::ElementsAre;

std::string column(std::string_view name, const Event& event, const Leaf& leaf = {}) {
  SymbolTable symbols;
  symbols.add(0xffffffff81000000, "ip_rcv", "");
  symbols.add(0xffffffffc0301000, "br_handle_frame", "bridge");
  symbols.sort();
  std::string out;
  const NamespaceNamer namespaces = [](uint32_t inode) { return inode == 7 ? "left\n" : ""; };
  find_column(name)->append(
      {.event = &event, .leaf = &leaf, .symbols = &symbols, .namespaces = &namespaces}, out);
  return out;
}

std::string said(std::string_view name, const test::Said& what) {
  return column(name, test::BuiltEvent(what).event);
}

TEST(Fields, StandInDetailsOrder) {
  std::vector<std::string_view> names;
  for (const Column& field : all_columns()) {
    if (field.in_detail) names.push_back(field.name);
  }
  EXPECT_THAT(names, ElementsAre("id", "if", "pid", "cpu", "module"));
}

TEST(Fields, AreFoundByName) {
  for (const Column& field : all_columns()) EXPECT_EQ(find_column(field.name), &field);
  EXPECT_EQ(find_column("ID"), nullptr);
  EXPECT_EQ(find_column(""), nullptr);
}

TEST(Fields, IdIsTheWholePointer) {
  EXPECT_EQ(column("id", {.skb = 0xffff8887b6260800}), "[ffff8887b6260800]");
  EXPECT_EQ(column("id", {.skb = 0x12}), "[12]");
}

TEST(Fields, IfIsIndexAndName) {
  EXPECT_EQ(said("if", {.ifindex = 2, .ifname = "eth1"}), "[2:eth1  ]");
  EXPECT_EQ(said("if", {.ifindex = 123456, .ifname = "enp0s31f6"}), "[123456:enp0s31f6]");
}

TEST(Fields, IfIsBlankWithoutADevice) { EXPECT_EQ(said("if", {}), "[        ]"); }

TEST(Fields, PidIsNumberAndName) {
  EXPECT_EQ(said("pid", {.pid = 0, .comm = "swapper/3"}), "[pid:0,swapper/3         ]");
  EXPECT_EQ(said("pid", {.pid = 4294967295, .comm = "0123456789abcde"}),
            "[pid:4294967295,0123456789abcde]");
}

TEST(Fields, ForeignNamesCannotReachTheTerminal) {
  EXPECT_EQ(said("pid", {.pid = 1, .comm = "\033[31m\n\xff"}), "[pid:1,?[31m??           ]");
  Leaf leaf;
  leaf.module = "ip\x07";
  EXPECT_EQ(column("module", {}, leaf), "[ip?         ]");
}

TEST(Fields, WidthCountsCharactersNotBytes) {
  EXPECT_EQ(said("if", {.ifindex = 1, .ifname = "\u00fc\u00fc"}), "[1:\u00fc\u00fc    ]");
}

TEST(Fields, CpuHasThreeDigitsAtLeast) {
  EXPECT_EQ(column("cpu", {.cpu = 3}), "[cpu:003]");
  EXPECT_EQ(column("cpu", {.cpu = 1023}), "[cpu:1023]");
}

TEST(Fields, ModuleIsTheLeafs) {
  Leaf leaf;
  leaf.module = "link-in";
  EXPECT_EQ(column("module", {}, leaf), "[link-in     ]");
  leaf.module = "a-module-of-21-letters";
  EXPECT_EQ(column("module", {}, leaf), "[a-module-of-21-letters]");
}

TEST(Fields, NetnsIsANameOrAnInodeNumber) {
  EXPECT_EQ(said("netns", {.netns = 7}), "[netns:left?     ]");
  EXPECT_EQ(said("netns", {.netns = 4026531840}), "[netns:4026531840]");
  EXPECT_EQ(said("netns", {}), "[                ]");
}

TEST(Fields, MarkIsHexadecimal) {
  EXPECT_EQ(said("mark", {.mark = 0xffffffff}), "[mark:0xffffffff]");
  EXPECT_EQ(said("mark", {.mark = 0x1f}), "[mark:0x1f      ]");
  EXPECT_EQ(said("mark", {}), "[mark:0x0       ]");
}

TEST(Fields, LenIsDecimal) {
  EXPECT_EQ(said("len", {.len = 84}), "[len:84   ]");
  EXPECT_EQ(said("len", {.len = 1048576}), "[len:1048576]");
}

TEST(Fields, CallerIsASymbolAndAnOffset) {
  EXPECT_EQ(said("caller", {.caller = 0xffffffff81000086}),
            "[from:ip_rcv+0x86                     ]");
  EXPECT_EQ(said("caller", {.caller = 0xffffffffc0301002}),
            "[from:br_handle_frame+0x2 [bridge]    ]");
  EXPECT_EQ(said("caller", {.caller = 0x12}), "[from:0x12                            ]");
  EXPECT_EQ(said("caller", {}), "[                                     ]");
}

struct HitWithArgs {
  nt_hit hit;
  nt_args args;
};

TEST(Fields, ArgsAreNamedAndSayWhatTheyMean) {
  HitWithArgs record{};
  record.hit.head.kind = NT_HIT;
  record.hit.sections = NT_SECTION_BIT(NT_SECTION_ARGS);
  record.args.values[0] = 0xdeadbeef'00000008;
  record.args.values[1] = 99;
  const auto decoded = decode(std::as_bytes(std::span(&record, 1)));
  ASSERT_TRUE(decoded) << decoded.error().what;
  const ReturnType reason{
      .kind = ReturnType::Kind::enumeration, .bytes = 4, .names = {{8, "NETFILTER_DROP"}}};
  const LeafArguments arguments{{{"reason", reason}, {"other", reason}}};
  const Leaf leaf;
  std::string out;
  find_column("args")->append({.event = &std::get<Event>(*decoded),
                               .leaf = &leaf,
                               .symbols = nullptr,
                               .arguments = &arguments},
                              out);
  EXPECT_EQ(out, "[reason: NETFILTER_DROP, other: 99]");
  out.clear();
  JsonWriter json(out);
  json.open('{');
  find_column("args")->write({.event = &std::get<Event>(*decoded),
                              .leaf = &leaf,
                              .symbols = nullptr,
                              .arguments = &arguments},
                             json);
  json.flush();
  EXPECT_EQ(out, R"({"args":[{"name":"reason","value":8,"meaning":"NETFILTER_DROP"},)"
                 R"({"name":"other","value":99,"meaning":null}])");
}

TEST(Fields, ArgsAreBlankWhereTheLeafListsNone) {
  EXPECT_EQ(said("args", {}), "[                        ]");
}

}  // namespace
}  // namespace nettrace
