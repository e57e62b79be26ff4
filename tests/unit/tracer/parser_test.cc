// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "tracer/tree.h"

namespace nettrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A tree whose root has these children.
std::string with_children(std::string_view children) {
  return fmt::format(R"({{"name": "all", "desc": "", "children": [{}]}})", children);
}

TracerTree parse(const std::string& json) {
  auto tree = parse_tracer_tree(json, "t.json");
  if (tree) return std::move(*tree);
  ADD_FAILURE() << tree.error().what;
  return {};
}
TracerTree parse_children(std::string_view children) { return parse(with_children(children)); }
Leaf parse_leaf(std::string_view leaf) {
  TracerTree tree = parse_children(leaf);
  return tree.leaves.empty() ? Leaf{} : tree.leaves[0];
}

std::string refusal_of(const std::string& json) {
  const auto tree = parse_tracer_tree(json, "t.json");
  if (tree) return "";
  EXPECT_EQ(tree.error().failure, Failure::usage);
  return tree.error().what;
}
std::string refusal(std::string_view children) { return refusal_of(with_children(children)); }

std::vector<std::string> leaf_names(const TracerTree& tree) {
  std::vector<std::string> names;
  for (const Leaf& leaf : tree.leaves) names.push_back(leaf.name);
  return names;
}

TEST(TracerParser, AFunction) {
  const Leaf leaf = parse_leaf(R"({"name": "ip_rcv", "skb": 2, "is_end": true})");
  EXPECT_EQ(leaf.name, "ip_rcv");
  EXPECT_EQ(leaf.type, LeafType::kprobe);
  EXPECT_EQ(leaf.skb_index, 2);
  EXPECT_FALSE(leaf.skb_is_pointer_to_pointer);
  EXPECT_TRUE(leaf.is_end);
}

TEST(TracerParser, AFunctionWhoseSkbBtfSupplies) {
  EXPECT_EQ(parse_leaf(R"({"name": "ip_rcv"})").skb_index, std::nullopt);
  EXPECT_EQ(parse_leaf(R"("ip_rcv")").skb_index, std::nullopt);
}

TEST(TracerParser, AStringMayNameTheArgument) {
  const Leaf leaf = parse_leaf(R"("napi_gro_receive:1")");
  EXPECT_EQ(leaf.name, "napi_gro_receive");
  EXPECT_EQ(leaf.skb_index, 1);
}

TEST(TracerParser, APointerToAPointer) {
  const Leaf leaf = parse_leaf(R"({"name": "ipvlan_rcv_frame", "pskb": 1})");
  EXPECT_EQ(leaf.skb_index, 1);
  EXPECT_TRUE(leaf.skb_is_pointer_to_pointer);
}

TEST(TracerParser, AReturnProbe) {
  const Leaf leaf = parse_leaf(R"({"name": "skb_clone", "skb": 0, "type": "kretprobe"})");
  EXPECT_EQ(leaf.type, LeafType::kretprobe);
}

TEST(TracerParser, ATracepoint) {
  const Leaf leaf = parse_leaf(
      R"({"name": "kfree_skb", "tp": "skb:kfree_skb", "type": "tracepoint", "skb": "skbaddr"})");
  EXPECT_EQ(leaf.type, LeafType::tracepoint);
  EXPECT_EQ(leaf.tracepoint, "skb:kfree_skb");
  EXPECT_EQ(leaf.skb_field, "skbaddr");
}

TEST(TracerParser, ATracepointWhoseSkbBtfSupplies) {
  EXPECT_EQ(parse_leaf(R"({"name": "x", "tp": "skb:x", "type": "tracepoint"})").skb_field, "");
}

TEST(TracerParser, ARegex) {
  EXPECT_EQ(parse_leaf(R"({"name": "x", "regex": "x\\..*"})").regex, R"(x\..*)");
}

TEST(TracerParser, LeavesKeepTheFilesOrder) {
  const TracerTree tree =
      parse_children(R"("a", {"name": "g", "desc": "", "children": ["b", "c"]}, "d")");
  EXPECT_THAT(leaf_names(tree), ElementsAre("a", "b", "c", "d"));
  ASSERT_EQ(tree.root.children.size(), 3U);
  EXPECT_TRUE(tree.root.children[1].is_group);
  EXPECT_EQ(tree.root.groups[0].first_leaf, 1U);
  EXPECT_EQ(tree.root.groups[0].end_leaf, 3U);
}

TEST(TracerParser, TheModuleIsTheNearestVisualGroup) {
  const TracerTree tree = parse_children(R"(
      {"name": "netfilter", "desc": "", "visual": true, "children": [
        "nf_a", {"name": "hooks", "children": ["nf_b"]},
        {"name": "nat", "visual": true, "children": ["nf_c"]}]})");
  ASSERT_EQ(tree.leaves.size(), 3U);
  EXPECT_EQ(tree.leaves[0].module, "netfilter");
  EXPECT_EQ(tree.leaves[1].module, "netfilter");
  EXPECT_EQ(tree.leaves[2].module, "nat");
}

TEST(TracerParser, WithoutAVisualGroupTheModuleIsTheParent) {
  const TracerTree tree = parse_children(R"({"name": "g", "children": [
      {"name": "h", "visual": false, "children": ["a"]}]})");
  ASSERT_EQ(tree.leaves.size(), 1U);
  EXPECT_EQ(tree.leaves[0].module, "h");
}

// Every form that occurs in the original tool's own file.
TEST(TracerParser, TheOriginalToolsFormsLoadWithoutAWarning) {
  const TracerTree tree = parse(
      "{\t\"name\": \"all\", \"desc\": \"root\", \"children\": [\n"
      R"({"name": "arp", "visual": true, "desc": "d", "children": ["arp_rcv:0", "arp_process"]},
         {"name": "empty", "desc": "d", "visual": true, "children": []},
         {"name": "netfilter", "desc": "outer", "children": [
           {"name": "netfilter", "desc": "inner", "visual": true, "children": [
             "init_conntrack:5", {"name": "nf_hook_slow", "skb": 0}]}]},
         {"name": "life", "desc": "d", "visual": true, "children": [
           {"name": "do_xdp_generic", "regex": "do_xdp_generic\\..*", "skb": 1},
           {"name": "ipvlan_handle_frame", "pskb": 0},
           {"name": "skb_clone", "skb": 0, "type": "kretprobe"},
           {"name": "kfree_skb", "tp": "skb:kfree_skb", "type": "tracepoint", "skb": "skbaddr",
            "is_end": true, "hidden": true}]}]})");
  EXPECT_THAT(tree.warnings, IsEmpty());
  ASSERT_EQ(tree.leaves.size(), 8U);
  EXPECT_EQ(tree.leaves[2].skb_index, 5);
  EXPECT_EQ(tree.leaves[3].module, "netfilter");
  EXPECT_TRUE(tree.leaves[7].hidden);
}

TEST(TracerParser, TheBuiltInTreeIsClean) {
  std::ifstream file(NETTRACE_SOURCE_DIR "/tracer.json");
  std::ostringstream text;
  text << file.rdbuf();
  const TracerTree tree = parse(text.str());
  EXPECT_THAT(tree.warnings, IsEmpty());
  EXPECT_GE(tree.leaves.size(), 150U);
  const auto module_of = [&](std::string_view name) -> std::string {
    for (const Leaf& leaf : tree.leaves) {
      if (leaf.name == name) return leaf.module;
    }
    return "no such leaf";
  };
  EXPECT_EQ(module_of("nf_hook_slow"), "netfilter");
  EXPECT_EQ(module_of("icmp_rcv"), "icmp-in");
  EXPECT_EQ(module_of("consume_skb"), "life");
  EXPECT_EQ(module_of("napi_gro_receive"), "link-in");
  EXPECT_EQ(module_of("tpacket_rcv"), "pkt-in");
}

TEST(TracerParser, TextThatIsNotJson) {
  EXPECT_THAT(refusal_of("{\n  name: 1}"), StartsWith("t.json:2:4: "));
}

TEST(TracerParser, AWrongTypeNamesTheBearerAndTheField) {
  EXPECT_EQ(refusal(R"({"name": "a", "skb": "zero"})"),
            "t.json: leaf 'a': skb must be the index of an argument, from 0, not string");
  EXPECT_THAT(refusal(R"({"name": "a", "skb": -1})"), HasSubstr("from 0, not -1"));
  EXPECT_THAT(refusal(R"({"name": "a", "skb": 1.5})"), HasSubstr("not 1.5"));
  EXPECT_THAT(refusal(R"({"name": "a", "skb": 256})"), HasSubstr("not 256"));
  EXPECT_THAT(refusal(R"({"name": "a", "pskb": null})"), HasSubstr("'a': pskb must be"));
  EXPECT_THAT(refusal(R"({"name": "a", "is_end": 1})"), HasSubstr("is_end must be true or false"));
  EXPECT_THAT(refusal(R"({"name": "a", "regex": []})"), HasSubstr("regex must be a string"));
  EXPECT_THAT(refusal(R"({"name": "a", "desc": {}})"), HasSubstr("desc must be a string"));
  EXPECT_THAT(refusal(R"({"name": "g", "children": {}})"),
              HasSubstr("group 'g': children must be an array, not object"));
  EXPECT_THAT(refusal(R"({"name": "g", "visual": "yes", "children": ["a"]})"),
              HasSubstr("group 'g': visual must be true or false"));
  EXPECT_THAT(refusal("7"), HasSubstr("group 'all': a child must be an object or a string, not 7"));
}

TEST(TracerParser, AnUnknownType) {
  EXPECT_THAT(refusal(R"({"name": "a", "type": "uprobe"})"),
              HasSubstr("type must be kprobe, kretprobe or tracepoint, not 'uprobe'"));
}

TEST(TracerParser, AnArgumentIsOfATypeThatCouldBe) {
  const auto refusal_of_type = [](const char* type) {
    return refusal(fmt::format(R"({{"name": "a", "args": [{{"arg": 0, "as": "{}"}}]}})", type));
  };
  for (const char* type : {"", " u32", "struct sk_buff *", "u32\\u007f", "u32\\u0000"}) {
    EXPECT_THAT(refusal_of_type(type), HasSubstr("leaf 'a': as is '")) << type;
  }
  EXPECT_THAT(refusal_of_type(std::string(200, 'x').c_str()), HasSubstr("no C type"));
}

TEST(TracerParser, AnUnknownMeaningOfAReturnValue) {
  EXPECT_THAT(refusal(R"({"name": "a", "returns": "bool"})"),
              HasSubstr("leaf 'a': returns is 'bool', but must be one of number, errno, NET_XMIT"));
  EXPECT_THAT(refusal(R"({"name": "a", "returns": 1})"), HasSubstr("returns must be a string"));
}

TEST(TracerParser, ATracepointNeedsItsPath) {
  for (const char* tp : {"", "kfree_skb", ":kfree_skb", "skb:", "../..:x", "skb:a:b"}) {
    EXPECT_THAT(refusal(fmt::format(R"({{"name": "a", "type": "tracepoint", "tp": "{}"}})", tp)),
                HasSubstr("leaf 'a': a tracepoint needs a tp"))
        << tp;
  }
  EXPECT_THAT(refusal(R"({"name": "a", "type": "tracepoint", "tp": "skb:a", "skb": 0})"),
              HasSubstr("skb must be a string"));
}

TEST(TracerParser, AStringWithAnythingButAnIndexBehindTheColon) {
  for (const char* leaf : {"a:", "a:b", "a:1x", "a:-1", "a:256", "a:1:2"}) {
    EXPECT_THAT(refusal(fmt::format("\"{}\"", leaf)), HasSubstr("index of an argument")) << leaf;
  }
  EXPECT_THAT(refusal("\":1\""), HasSubstr("is not a name"));
}

TEST(TracerParser, SkbAndPskbExcludeEachOther) {
  EXPECT_THAT(refusal(R"({"name": "a", "skb": 0, "pskb": 0})"), HasSubstr("skb or pskb, not both"));
}

TEST(TracerParser, ARegexThatDoesNotCompile) {
  EXPECT_THAT(refusal(R"({"name": "a", "regex": "a("})"),
              StartsWith("t.json: leaf 'a': the regex 'a(' is not valid"));
  EXPECT_THAT(refusal(R"({"name": "a", "regex": ""})"), HasSubstr("regex is empty"));
}

TEST(TracerParser, NamesAreUnique) {
  EXPECT_THAT(refusal(R"("a", {"name": "g", "children": ["a:1"]})"),
              HasSubstr("leaf 'a' is there twice"));
  EXPECT_THAT(refusal(R"({"name": "g", "children": ["a"]}, {"name": "g", "children": ["b"]})"),
              HasSubstr("group 'g' is there twice"));
  EXPECT_THAT(refusal(R"({"name": "g", "children": ["g"]})"),
              HasSubstr("'g' is the name of a group and of a leaf"));
}

TEST(TracerParser, NamesAreShortAndPrintable) {
  EXPECT_THAT(refusal(R"({"skb": 0})"), HasSubstr("a child of group 'all' has no name"));
  for (const std::string name : {"", "a b", "a,b", "a\\u001b", "\\u00e4"}) {
    EXPECT_THAT(refusal(fmt::format(R"({{"name": "{}"}})", name)), HasSubstr("is not a name"));
  }
  EXPECT_EQ(refusal(fmt::format("\"{}\"", std::string(128, 'a'))), "");
  EXPECT_THAT(refusal(fmt::format("\"{}\"", std::string(129, 'a'))), HasSubstr("is not a name"));
}

TEST(TracerParser, DescriptionsAreHarmlessForATerminal) {
  const TracerTree tree = parse(R"({"name": "all", "desc": "a\u001b[1m", "children": ["x"]})");
  EXPECT_EQ(tree.root.desc, "a?[1m");
}

TEST(TracerParser, ATreeWithoutLeaves) {
  EXPECT_THAT(refusal(""), HasSubstr("no leaves"));
  EXPECT_THAT(refusal(R"({"name": "g", "children": []})"), HasSubstr("no leaves"));
}

TEST(TracerParser, TheOutermostGroupIsAll) {
  EXPECT_THAT(refusal_of("[]"), HasSubstr("one group, with the name 'all'"));
  EXPECT_THAT(refusal_of(R"({"name": "all"})"), HasSubstr("one group, with the name 'all'"));
  EXPECT_THAT(refusal_of(R"({"name": "net", "children": ["a"]})"), HasSubstr("the name 'all'"));
}

TEST(TracerParser, AMillionLeaves) {
  std::string leaves = "\"\"";
  for (int i = 1; i < 1'000'000; ++i) leaves += ",\"\"";
  EXPECT_THAT(refusal(leaves), HasSubstr("more than 524288 values"));
  leaves.append(max_tree_bytes, ' ');
  EXPECT_THAT(refusal(leaves), HasSubstr("longer than 8388608 bytes"));
}

TEST(TracerParser, OneLeafTooMany) {
  std::string leaves = "\"f0\"";
  for (size_t i = 1; i < max_leaves; ++i) leaves += fmt::format(",\"f{}\"", i);
  EXPECT_EQ(refusal(leaves), "");
  EXPECT_EQ(refusal(leaves + ",\"one_more\""), "t.json: more than 16384 leaves");
}

std::string nested(size_t levels) {
  std::string json = R"({"name": "all", "children": [)";
  for (size_t i = 1; i < levels; ++i) json += fmt::format(R"({{"name": "g{}", "children": [)", i);
  json += "\"leaf\"";
  for (size_t i = 0; i < levels; ++i) json += "]}";
  return json;
}

TEST(TracerParser, AThousandLevels) {
  EXPECT_EQ(refusal_of(nested(64)), "");
  EXPECT_THAT(refusal_of(nested(65)), HasSubstr("more than"));
  EXPECT_THAT(refusal_of(nested(1000)), HasSubstr("more than"));
}

TEST(TracerParser, TooManyRegexes) {
  std::string leaves = R"({"name": "f0", "regex": "f"})";
  for (size_t i = 1; i < max_regexes; ++i) {
    leaves += fmt::format(R"(,{{"name": "f{}", "regex": "f"}})", i);
  }
  EXPECT_EQ(refusal(leaves), "");
  EXPECT_THAT(refusal(leaves + R"(,{"name": "g", "regex": "f"})"), HasSubstr("256 regexes"));
}

TEST(TracerParser, AnUnknownFieldIsAWarningOnce) {
  const TracerTree tree =
      parse_children(R"({"name": "a", "level": 1}, {"name": "b", "level": 2, "visual": true})");
  EXPECT_THAT(tree.warnings,
              ElementsAre("t.json: leaf 'a': the field 'level' is not known and does nothing",
                          "t.json: leaf 'b': the field 'visual' is not known and does nothing"));
}

TEST(TracerParser, WarningsAreBounded) {
  std::string fields = R"("name": "a")";
  for (int i = 0; i < 10'000; ++i) fields += fmt::format(R"(, "field{}": 0)", i);
  EXPECT_LE(parse_children("{" + fields + "}").warnings.size(), 16U);
}

TEST(TracerParser, AFieldThatCannotWorkIsAWarning) {
  EXPECT_THAT(parse_children(R"({"name": "a", "tp": "skb:a"})").warnings,
              ElementsAre("t.json: leaf 'a': tp does nothing on a function"));
  const TracerTree tree =
      parse_children(R"({"name": "a", "type": "tracepoint", "tp": "skb:a", "regex": "a"})");
  EXPECT_THAT(tree.warnings, ElementsAre("t.json: leaf 'a': regex does nothing on a tracepoint"));
  EXPECT_EQ(tree.leaves.at(0).regex, "");
}

TEST(TracerParser, ASuccessorMustBeAnotherLeaf) {
  const TracerTree good = parse_children(R"({"name": "a", "instead": "b"}, "b")");
  EXPECT_THAT(good.warnings, IsEmpty());
  EXPECT_EQ(good.leaves.at(0).instead, "b");
  for (const char* successor : {"nowhere", "a", "all"}) {
    const TracerTree bad =
        parse_children(fmt::format(R"({{"name": "a", "instead": "{}"}})", successor));
    EXPECT_THAT(bad.warnings, ElementsAre(HasSubstr("is no other leaf"))) << successor;
    EXPECT_EQ(bad.leaves.at(0).instead, "");
  }
}

}  // namespace
}  // namespace nettrace
