// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/function_leaves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace nettrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Words = std::vector<std::string>;

TracerTree tree(
    std::string_view children = R"({"name": "tcp", "children": ["tcp_ack", "ip_rcv"]})") {
  const auto json = R"({"name": "all", "children": [)" + std::string(children) + "]}";
  auto parsed = parse_tracer_tree(json, "t.json");
  EXPECT_TRUE(parsed);
  return *parsed;
}

const FunctionNames functions = {
    .with_skb = {"__traceiter_tcp_probe", "br_pass_up", "tcp", "tcp_ack", "tcp_push", "tcp_queue"},
    .without_skb = {"tcp_init"},
    .undescribed = {"tcp_ack.isra.0"}};

// What the words select of the tree with the functions they add, or the error.
Words selected(const Words& words, const TracerTree& from = tree()) {
  const auto with = add_function_leaves(from, words, functions);
  if (!with) return {with.error().what, with.error().remedy};
  const auto selection = select(*with, words);
  if (!selection) return {selection.error().what};
  Words names;
  for (const size_t leaf : selection->leaves) names.push_back(with->leaves[leaf].name);
  return names;
}

TEST(FunctionLeaves, AFunctionThatTheTreeLacks) {
  EXPECT_THAT(selected({"br_pass_up"}), ElementsAre("br_pass_up"));
  EXPECT_THAT(selected({"br_pass_up", "ip_rcv"}), ElementsAre("ip_rcv", "br_pass_up"));
}

TEST(FunctionLeaves, AGlobTakesLeavesAndFunctions) {
  EXPECT_THAT(selected({"tcp_*"}), ElementsAre("tcp_ack", "tcp_push", "tcp_queue"));
  EXPECT_THAT(selected({"*_p[au]*"}), ElementsAre("br_pass_up", "tcp_push"));
  EXPECT_THAT(selected({"ip_???"}), ElementsAre("ip_rcv"));
}

TEST(FunctionLeaves, AGroupsNameStaysTheGroup) {
  EXPECT_THAT(selected({"tcp"}), ElementsAre("tcp_ack", "ip_rcv"));
}

TEST(FunctionLeaves, EverythingIsTheTreeAndAllFunctions) {
  EXPECT_THAT(selected({"*"}),
              ElementsAre("tcp_ack", "ip_rcv", "br_pass_up", "tcp_push", "tcp_queue"));
}

TEST(FunctionLeaves, WhatServesATracepointIsTakenByItsNameOnly) {
  EXPECT_THAT(selected({"__trace*", "ip_rcv"}), ElementsAre(HasSubstr("'__trace*'"), ::testing::_));
  EXPECT_THAT(selected({"__traceiter_tcp_probe"}), ElementsAre("__traceiter_tcp_probe"));
}

TEST(FunctionLeaves, ExclusionsAreOfLeavesGroupsAndFunctions) {
  EXPECT_THAT(selected({"*", "!tcp_*"}), ElementsAre("ip_rcv", "br_pass_up"));
  EXPECT_THAT(selected({"!tcp", "*"}), ElementsAre("br_pass_up", "tcp_push", "tcp_queue"));
  EXPECT_THAT(selected({"*", "!tcp_push", "!ip_rcv"}),
              ElementsAre("tcp_ack", "br_pass_up", "tcp_queue"));
  EXPECT_THAT(selected({"all", "!br_*"}), ElementsAre("tcp_ack", "ip_rcv"));
}

TEST(FunctionLeaves, AGlobWithoutAMatchIsAnError) {
  EXPECT_THAT(selected({"ip_rcv", "nf_*"}),
              ElementsAre("no function that handles packets matches 'nf_*'", HasSubstr("-t '?'")));
  EXPECT_THAT(selected({"ip_rcv", "!nf_*"}),
              ElementsAre("no function that handles packets matches 'nf_*'", HasSubstr("-t '?'")));
}

TEST(FunctionLeaves, AnUnknownNameGetsNearFunctionsToo) {
  EXPECT_THAT(selected({"br_pas_up"}),
              ElementsAre("unknown tracer 'br_pas_up'", HasSubstr("did you mean br_pass_up?")));
  EXPECT_THAT(selected({"all", "!br_pas_up"}),
              ElementsAre("unknown tracer 'br_pas_up'", HasSubstr("did you mean br_pass_up?")));
}

TEST(FunctionLeaves, AFunctionThatCannotBeTracedSaysWhy) {
  EXPECT_THAT(selected({"tcp_init"}),
              ElementsAre("the function tcp_init has no skb among its arguments",
                          HasSubstr("struct sk_buff *")));
  EXPECT_THAT(selected({"tcp_ack.isra.0"}),
              ElementsAre("this kernel's BTF does not describe the function tcp_ack.isra.0",
                          HasSubstr("tracer.json")));
}

TEST(FunctionLeaves, TheTreesOwnLeavesKeepTheirNumbersAndARecordingHasTheRest) {
  const auto with = add_function_leaves(tree(), {"tcp_*"}, functions);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->leaves[0].name, "tcp_ack");
  EXPECT_EQ(with->leaves[1].name, "ip_rcv");
  EXPECT_EQ(with->leaves[2].name, "tcp_push");
  EXPECT_EQ(with->leaves[2].module, "functions");
  const auto read_again = parse_tracer_tree(write_tracer_tree(*with), "again");
  ASSERT_TRUE(read_again);
  EXPECT_EQ(read_again->leaves.size(), 4U);
  EXPECT_EQ(read_again->leaves[3].name, "tcp_queue");
}

TEST(FunctionLeaves, ATreeThatNeedsNoneStaysAsItIs) {
  const auto with = add_function_leaves(tree(), {"ip_*", "tcp"}, functions);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->leaves.size(), tree().leaves.size());
  EXPECT_EQ(with->root.groups.size(), 1U);
}

TEST(FunctionLeaves, ThereAreNoMoreThanATreeMayHave) {
  FunctionNames many;
  for (size_t i = 0; i < max_leaves; ++i) many.with_skb.push_back("f" + std::to_string(100000 + i));
  const auto with = add_function_leaves(tree(), {"f*"}, many);
  ASSERT_FALSE(with);
  EXPECT_EQ(with.error().what, "-t selects more than 16384 functions");
}

TEST(FunctionLeaves, ANameThatNoTreeMayHaveIsLeftOut) {
  const FunctionNames long_names{.with_skb = {"f", std::string(max_name_length + 1, 'f')},
                                 .without_skb = {},
                                 .undescribed = {}};
  const auto with = add_function_leaves(tree(), {"f*"}, long_names);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->leaves.size(), tree().leaves.size() + 1);
}

TEST(FunctionLeaves, TheirGroupTakesAFreeName) {
  const auto with = add_function_leaves(tree(R"({"name": "functions", "children": ["ip_rcv"]})"),
                                        {"br_*"}, functions);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->leaves[1].module, "other-functions");
}

TEST(FunctionLeaves, TheKernelIsAskedOnlyWhereTheTreeDoesNotDo) {
  EXPECT_FALSE(names_functions(tree(), {"all", "tcp", "ip_rcv", "!tcp_ack", "!ip_*"}));
  EXPECT_TRUE(names_functions(tree(), {"ip_*"}));
  EXPECT_TRUE(names_functions(tree(), {"br_pass_up"}));
  EXPECT_TRUE(names_functions(tree(), {"all", "!br_*"}));
  EXPECT_THAT(function_words(tree(), {"all", "tcp_*", "br_pass_up", "!nf_x", "ip_rcv"}),
              ElementsAre("br_pass_up", "nf_x"));
  EXPECT_THAT(function_words(tree(), {"all", "tcp_*"}), IsEmpty());
}

}  // namespace
}  // namespace nettrace
