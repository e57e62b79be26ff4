// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <gtest/gtest.h>

#include <string>

#include "tracer/tree.h"

namespace nettrace {
namespace {

TracerTree parse(std::string_view json) {
  auto tree = parse_tracer_tree(json, "t.json");
  if (tree) return std::move(*tree);
  ADD_FAILURE() << tree.error().what;
  return {};
}

constexpr const char* small_tree = R"(
    {"name": "all", "desc": "trace the whole kernel network stack", "children": [
      {"name": "link", "desc": "link layer (L2) of the network stack", "children": [
        {"name": "link-in", "desc": "link layer (L2) of packet in", "children": [
          "napi_gro_receive:1", {"name": "enqueue_to_backlog", "desc": "not shown"}]},
        {"name": "link-out", "desc": "link layer (L2) of packet out", "children": [
          "dev_queue_xmit"]}]}]})";

TEST(PrintTree, IsTheSeedsForm) {
  EXPECT_EQ(print_tree(parse(small_tree), {}),
            "available tracer:\n"
            "---------------------------------------------------\n"
            "\n"
            "all: trace the whole kernel network stack\n"
            "    link: link layer (L2) of the network stack\n"
            "        link-in: link layer (L2) of packet in\n"
            "            napi_gro_receive\n"
            "            enqueue_to_backlog\n"
            "        link-out: link layer (L2) of packet out\n"
            "            dev_queue_xmit\n");
}

TEST(PrintTree, MarksWhatThisKernelLacks) {
  const std::string text = print_tree(parse(small_tree), {"", "", "not in this kernel"});
  EXPECT_NE(text.find("            dev_queue_xmit (not in this kernel)\n"), std::string::npos);
  EXPECT_NE(text.find("            enqueue_to_backlog\n"), std::string::npos);
}

TEST(PrintTree, LeavesOutWhatIsHidden) {
  const TracerTree tree = parse(R"(
      {"name": "all", "desc": "root", "children": [
        {"name": "g", "desc": "d", "hidden": true, "children": ["below_hidden"]},
        {"name": "leaf", "hidden": true}, "seen"]})");
  EXPECT_EQ(print_tree(tree, {"", "", "x"}),
            "available tracer:\n"
            "---------------------------------------------------\n"
            "\n"
            "all: root\n"
            "    seen (x)\n");
}

TEST(PrintTree, KeepsTheFilesOrderAndAGroupWithoutDescription) {
  const TracerTree tree = parse(
      R"({"name": "all", "desc": "root", "children": ["a", {"name": "g", "children": []}, "b"]})");
  EXPECT_EQ(print_tree(tree, {}),
            "available tracer:\n"
            "---------------------------------------------------\n"
            "\n"
            "all: root\n"
            "    a\n"
            "    g:\n"
            "    b\n");
}

}  // namespace
}  // namespace nettrace
