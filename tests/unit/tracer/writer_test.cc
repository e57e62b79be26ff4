// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A tree that is written and parsed is the same tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tracer/tree.h"

namespace nettrace {
namespace {

using testing::IsEmpty;

TracerTree parse_text(const std::string& text) {
  auto tree = parse_tracer_tree(text, "t.json");
  if (tree) return std::move(*tree);
  ADD_FAILURE() << tree.error().what;
  return {};
}

void expect_equal(const Leaf& one, const Leaf& other) {
  EXPECT_EQ(one.name, other.name);
  EXPECT_EQ(one.type, other.type) << one.name;
  EXPECT_EQ(one.skb_index, other.skb_index) << one.name;
  EXPECT_EQ(one.skb_is_pointer_to_pointer, other.skb_is_pointer_to_pointer) << one.name;
  EXPECT_EQ(one.skb_field, other.skb_field) << one.name;
  EXPECT_EQ(one.tracepoint, other.tracepoint) << one.name;
  EXPECT_EQ(one.regex, other.regex) << one.name;
  EXPECT_EQ(one.args, other.args) << one.name;
  EXPECT_EQ(one.returns, other.returns) << one.name;
  EXPECT_EQ(one.instead, other.instead) << one.name;
  EXPECT_EQ(one.is_end, other.is_end) << one.name;
  EXPECT_EQ(one.hidden, other.hidden) << one.name;
  EXPECT_EQ(one.module, other.module) << one.name;
}

void expect_equal(const Group& one, const Group& other) {
  EXPECT_EQ(one.name, other.name);
  EXPECT_EQ(one.desc, other.desc);
  EXPECT_EQ(one.hidden, other.hidden) << one.name;
  EXPECT_EQ(one.visual, other.visual) << one.name;
  EXPECT_EQ(one.first_leaf, other.first_leaf) << one.name;
  EXPECT_EQ(one.end_leaf, other.end_leaf) << one.name;
  ASSERT_EQ(one.children.size(), other.children.size()) << one.name;
  for (size_t i = 0; i < one.children.size(); ++i) {
    EXPECT_EQ(one.children[i].is_group, other.children[i].is_group) << one.name;
    EXPECT_EQ(one.children[i].index, other.children[i].index) << one.name;
  }
  ASSERT_EQ(one.groups.size(), other.groups.size()) << one.name;
  for (size_t i = 0; i < one.groups.size(); ++i) expect_equal(one.groups[i], other.groups[i]);
}

void expect_survives(const std::string& text) {
  const TracerTree tree = parse_text(text);
  const TracerTree again = parse_text(write_tracer_tree(tree));
  EXPECT_THAT(again.warnings, IsEmpty());
  expect_equal(tree.root, again.root);
  ASSERT_EQ(tree.leaves.size(), again.leaves.size());
  for (size_t i = 0; i < tree.leaves.size(); ++i) expect_equal(tree.leaves[i], again.leaves[i]);
}

TEST(WriteTracerTree, KeepsEveryField) {
  expect_survives(R"({"name": "all", "desc": "\u00e4 \"quoted\"", "children": [
    "a", "b:2", {"name": "r", "returns": "TC_ACT"}, {"name": "n", "returns": "number"},
    {"name": "g", "visual": true, "children": [
      {"name": "c:1", "skb": 3}, {"name": "d", "pskb": 0, "regex": "d(\\.x)?$", "instead": "a"},
      {"name": "g", "hidden": true, "children": [{"name": "e", "type": "kretprobe", "hidden": true}]},
      {"name": "f", "type": "tracepoint", "tp": "skb:kfree_skb", "skb": "skbaddr", "is_end": true}]},
    {"name": "empty", "children": []}]})");
}

TEST(WriteTracerTree, KeepsTheBuiltInTree) {
  std::ifstream file(NETTRACE_SOURCE_DIR "/tracer.json");
  expect_survives({std::istreambuf_iterator<char>(file), {}});
}

TEST(WriteTracerTree, WritesSimpleLeavesAsStrings) {
  EXPECT_EQ(write_tracer_tree(parse_text(R"({"name": "all", "children": [{"name": "a"}, "b:1"]})")),
            R"({"name":"all","children":["a","b:1"]})");
}

}  // namespace
}  // namespace nettrace
