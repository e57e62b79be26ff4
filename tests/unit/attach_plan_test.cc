// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach_plan.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace nettrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Kind = Attachment::Kind;

Function function_with_skb(std::vector<uint8_t> skb_indexes) {
  Function function;
  function.in_btf = true;
  function.skb_indexes = std::move(skb_indexes);
  if (!function.skb_indexes.empty()) function.skb_index = function.skb_indexes.front();
  return function;
}

Function function_with_pointer(uint8_t skbp_index) {
  Function function;
  function.in_btf = true;
  function.skbp_index = skbp_index;
  return function;
}

// A tree with these leaves below its root, a kernel, and what is planned for a selection.
class AttachPlanTest : public ::testing::Test {
 protected:
  void load(std::string_view leaves) {
    const auto json = fmt::format(R"({{"name": "all", "children": [{}]}})", leaves);
    auto parsed = parse_tracer_tree(json, "t.json");
    ASSERT_TRUE(parsed) << parsed.error().what;
    tree = std::move(*parsed);
  }

  void plan_for(const std::vector<std::string>& names = {"all"}) {
    auto selected = select(tree, names);
    ASSERT_TRUE(selected) << selected.error().what;
    selection = *selected;
    plan = make_plan(tree, selection, facts);
  }

  // Loads one leaf and plans it; its attachment is "SYMBOL:INDEX", with a '*' for a pointer.
  std::string only_attachment(std::string_view leaf) {
    load(leaf);
    plan_for();
    if (plan.attachments.empty()) return plan.missing.at(0).reason;
    EXPECT_EQ(plan.attachments.size(), 1U);
    const Attachment& only = plan.attachments[0];
    return fmt::format("{}:{}{}", only.symbol, only.skb_index,
                       only.skb_is_pointer_to_pointer ? "*" : "");
  }

  std::vector<std::string> symbols_of(std::string_view leaf) const {
    std::vector<std::string> symbols;
    for (const Attachment& attachment : plan.attachments) {
      if (tree.leaves[attachment.leaf].name == leaf) symbols.push_back(attachment.symbol);
    }
    return symbols;
  }

  TracerTree tree;
  KernelFacts facts;
  Selection selection;
  AttachPlan plan;
};

TEST_F(AttachPlanTest, BtfSuppliesAMissingPosition) {
  facts.functions["f"] = function_with_skb({2});
  EXPECT_EQ(only_attachment(R"("f")"), "f:2");
}

TEST_F(AttachPlanTest, BtfCorrectsAWrongPosition) {
  facts.functions["f"] = function_with_skb({2});
  EXPECT_EQ(only_attachment(R"("f:0")"), "f:2");
}

TEST_F(AttachPlanTest, TheLeafChoosesAmongSeveralSkbs) {
  facts.functions["f"] = function_with_skb({0, 1});
  EXPECT_EQ(only_attachment(R"("f")"), "f:0");
  EXPECT_EQ(only_attachment(R"("f:1")"), "f:1");
}

TEST_F(AttachPlanTest, BtfDecidesWhetherItIsAPointerToAPointer) {
  facts.functions["f"] = function_with_pointer(1);
  EXPECT_EQ(only_attachment(R"("f")"), "f:1*");
  EXPECT_EQ(only_attachment(R"("f:1")"), "f:1*");
  EXPECT_EQ(only_attachment(R"("f:0")"), "f:1*");
  facts.functions["f"] = function_with_skb({1});
  EXPECT_EQ(only_attachment(R"({"name": "f", "pskb": 0})"), "f:1");
}

TEST_F(AttachPlanTest, OfBothKindsTheLeafsOwnIsPreferred) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].skbp_index = 2;
  EXPECT_EQ(only_attachment(R"({"name": "f", "pskb": 4})"), "f:2*");
  EXPECT_EQ(only_attachment(R"({"name": "f", "skb": 4})"), "f:0");
  EXPECT_EQ(only_attachment(R"({"name": "f", "skb": 2})"), "f:2*");
}

TEST_F(AttachPlanTest, AFunctionWithoutAnSkb) {
  facts.functions["f"] = function_with_skb({});
  EXPECT_EQ(only_attachment(R"("f:0")"), "without an skb among its arguments in this kernel");
}

TEST_F(AttachPlanTest, WithoutBtfTheLeafsPositionHolds) {
  facts.functions["f"] = {};
  EXPECT_EQ(only_attachment(R"("f:3")"), "f:3");
  EXPECT_EQ(only_attachment(R"({"name": "f", "pskb": 1})"), "f:1*");
}

TEST_F(AttachPlanTest, WithoutBtfAndWithoutAPositionNothingIsGuessed) {
  facts.functions["f"] = {};
  EXPECT_THAT(only_attachment(R"("f")"), HasSubstr("not described by this kernel's BTF"));
}

TEST_F(AttachPlanTest, TheSixthArgumentIsTheLastInReach) {
  facts.functions["f"] = {};
  EXPECT_EQ(only_attachment(R"("f:5")"), "f:5");
  EXPECT_THAT(only_attachment(R"("f:6")"), HasSubstr("argument 7"));
  facts.functions["f"] = function_with_skb({6});
  EXPECT_THAT(only_attachment(R"("f")"), HasSubstr("argument 7"));
}

TEST_F(AttachPlanTest, AFunctionThatTheKernelLetsNobodyProbe) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].closed = true;
  EXPECT_EQ(only_attachment(R"("f")"), "closed to probes in this kernel");
}

TEST_F(AttachPlanTest, AnArgumentBehindALargeOneIsOutOfReach) {
  facts.functions["f"] = function_with_skb({});
  facts.functions["f"].large_argument = true;
  EXPECT_THAT(only_attachment(R"("f")"), HasSubstr("out of reach: an argument of more than 8"));
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].large_argument = true;
  EXPECT_EQ(only_attachment(R"("f")"), "f:0");
}

TEST_F(AttachPlanTest, CopiesOfAnInlineFunctionAreNotTheFunction) {
  facts.functions["f"].local = true;
  EXPECT_EQ(only_attachment(R"("f:0")"), "inlined in this kernel");
  facts.functions["f"].module = "bridge";  // 5.10 has no BTF for modules
  EXPECT_EQ(only_attachment(R"("f:0")"), "f:0");
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].local = true;
  EXPECT_EQ(only_attachment(R"("f:0")"), "f:0");
}

TEST_F(AttachPlanTest, ALocalCopyBesideItsGlobalSuccessorIsNotTheFunction) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].local = true;
  facts.functions["__f"] = function_with_skb({0});
  load(R"({"name": "f", "instead": "__f"}, "__f")");
  plan_for({"f"});
  EXPECT_TRUE(plan.attachments.empty());
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].reason, "inlined in this kernel");
  EXPECT_EQ(plan.missing[0].instead, "__f");
}

TEST_F(AttachPlanTest, AModulesCopyOfAnInlineFunctionIsNotTheFunctionEither) {
  facts.functions["f"].module = "8021q";
  facts.functions["f"].local = true;
  facts.functions["__f"] = function_with_skb({0});
  load(R"({"name": "f", "skb": 0, "instead": "__f"}, "__f")");
  plan_for({"f"});
  EXPECT_TRUE(plan.attachments.empty());
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].reason, "inlined in this kernel");
}

TEST_F(AttachPlanTest, ANameOfSeveralFunctionsIsNotTraced) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].copies = 2;
  EXPECT_EQ(only_attachment(R"("f:0")"), "ambiguous: 2 functions of this kernel bear its name");
}

TEST_F(AttachPlanTest, EachTypeOfLeafHasItsKind) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["g"] = function_with_skb({1});
  facts.tracepoints["skb:consume_skb"].skb_arg = 0;
  load(R"("f", {"name": "g", "type": "kretprobe"},
          {"name": "t", "type": "tracepoint", "tp": "skb:consume_skb"})");
  plan_for();
  ASSERT_EQ(plan.attachments.size(), 3U);
  EXPECT_EQ(plan.attachments[0].kind, Kind::function);
  EXPECT_EQ(plan.attachments[1].kind, Kind::function);
  EXPECT_EQ(plan.attachments[1].skb_index, 1);
  EXPECT_EQ(plan.attachments[2].kind, Kind::tracepoint);
  EXPECT_EQ(plan.attachments[2].symbol, "consume_skb");
  EXPECT_EQ(plan.attachments[2].leaf, 2U);
}

TEST_F(AttachPlanTest, ReturnsAreProbedWhereTheySaySomething) {
  using Returns = ReturnType::Kind;
  for (const auto& [name, kind] :
       {std::pair{"number", Returns::number}, std::pair{"none", Returns::nothing},
        std::pair{"copy", Returns::skb}, std::pair{"late", Returns::nothing}}) {
    facts.functions[name] = function_with_skb({0});
    facts.functions[name].returns.kind = kind;
  }
  load(R"("number", "none", "copy", {"name": "late", "type": "kretprobe"})");
  const auto returning = [&](const PlanOptions& options) {
    std::string names;
    const auto selected = select(tree, {"all"});
    for (const Attachment& one : make_plan(tree, *selected, facts, options).attachments) {
      if (one.returns) names += one.symbol + (one.at_return ? "! " : " ");
    }
    return names;
  };
  EXPECT_EQ(returning({}), "late! ");
  EXPECT_EQ(returning({.returns = true}), "number copy late! ");
  EXPECT_EQ(returning({.returned_copies = true}), "copy late! ");
}

TEST_F(AttachPlanTest, StacksAreForTheLeavesChosen) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["g"] = function_with_skb({0});
  load(R"("f", "g")");
  const auto selected = select(tree, {"all"});
  const auto all = make_plan(tree, *selected, facts, {.stacks = {false, true}}).attachments;
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].stack);
  EXPECT_TRUE(all[1].stack);
}

TEST_F(AttachPlanTest, ASocketAmongTheArgumentsIsNamed) {
  facts.functions["f"] = function_with_skb({1});
  facts.functions["f"].sock_index = 0;
  facts.functions["f"].flow_index = 2;
  facts.functions["g"] = function_with_skb({0});
  facts.functions["g"].sock_index = readable_arguments;
  load(R"("f", "g")");
  plan_for();
  ASSERT_EQ(plan.attachments.size(), 2U);
  EXPECT_EQ(plan.attachments[0].sock_index, 0);
  EXPECT_EQ(plan.attachments[0].flow_index, 2);
  EXPECT_EQ(plan.attachments[1].sock_index, std::nullopt);
}

TEST_F(AttachPlanTest, OnlyTheSelectionIsPlanned) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["g"] = function_with_skb({0});
  load(R"("f", "g", "h")");
  plan_for({"g"});
  ASSERT_EQ(plan.attachments.size(), 1U);
  EXPECT_EQ(plan.attachments[0].leaf, 1U);
  EXPECT_THAT(plan.missing, IsEmpty());
}

constexpr const char* kfree_skb =
    R"({"name": "kfree_skb", "type": "tracepoint", "tp": "skb:kfree_skb", "skb": "skbaddr"})";

TEST_F(AttachPlanTest, ATracepointsSkbComesFromBtf) {
  facts.tracepoints["skb:kfree_skb"] = {
      .skb_arg = 1, .sock_arg = {}, .fields = {"skbaddr", "location"}};
  EXPECT_EQ(only_attachment(kfree_skb), "kfree_skb:1");
}

TEST_F(AttachPlanTest, ATracepointWhoseFormatIsOutOfReachIsTrusted) {
  facts.tracepoints["skb:kfree_skb"] = {.skb_arg = 0, .sock_arg = {}, .fields = {}};
  EXPECT_EQ(only_attachment(kfree_skb), "kfree_skb:0");
}

TEST_F(AttachPlanTest, ATracepointWithoutTheLeafsField) {
  facts.tracepoints["skb:kfree_skb"] = {
      .skb_arg = 0, .sock_arg = {}, .fields = {"skb", "location"}};
  EXPECT_EQ(only_attachment(kfree_skb),
            "without a field skbaddr in this kernel (it has skb, location)");
}

TEST_F(AttachPlanTest, ATracepointWithoutAnSkb) {
  facts.tracepoints["skb:kfree_skb"] = {};
  EXPECT_THAT(only_attachment(kfree_skb), HasSubstr("without an skb"));
  facts.tracepoints.clear();
  EXPECT_EQ(only_attachment(kfree_skb), "not in this kernel or a loaded module");
}

TEST_F(AttachPlanTest, ARegexTakesRealFunctionsOnly) {
  for (const char* name : {"f", "f.isra.0", "f.cold", "f.part.0", "f.constprop.0.cold", "e"}) {
    facts.functions[name] = function_with_skb({0});
  }
  load(R"({"name": "f", "regex": "f.*"})");
  plan_for();
  EXPECT_THAT(symbols_of("f"), ElementsAre("f", "f.isra.0"));
}

TEST_F(AttachPlanTest, ARegexTakesTheTwinWhereTheNameIsGone) {
  facts.functions["f.constprop.0"] = {};
  EXPECT_EQ(only_attachment(R"({"name": "f", "regex": "f[.]", "skb": 1})"), "f.constprop.0:1");
}

TEST_F(AttachPlanTest, ARegexThatMatchesOnlyFragmentsFallsBackToTheName) {
  facts.functions["f"] = function_with_skb({1});
  facts.functions["f.cold"] = {};
  EXPECT_EQ(only_attachment(R"({"name": "f", "regex": "f\\..*", "skb": 1})"), "f:1");
}

TEST_F(AttachPlanTest, FragmentsAloneAreNoFunction) {
  facts.functions["f.part.0"] = {};
  EXPECT_EQ(only_attachment(R"({"name": "f", "regex": "f", "skb": 0})"),
            "not in this kernel, only a piece of it (f.part.0)");
}

TEST_F(AttachPlanTest, ARegexSkipsFunctionsWithoutAnSkb) {
  facts.functions["f_init"] = function_with_skb({});
  facts.functions["f_rcv"] = function_with_skb({0});
  EXPECT_EQ(only_attachment(R"({"name": "f", "regex": "f_"})"), "f_rcv:0");
}

TEST_F(AttachPlanTest, AFunctionGoesToTheSelectedLeafThatBearsItsName) {
  facts.functions["ip_rcv"] = function_with_skb({0});
  facts.functions["ip_rcv_core"] = function_with_skb({0});
  load(R"({"name": "ip_rcv", "regex": "ip_rcv"}, "ip_rcv_core")");
  plan_for();
  EXPECT_THAT(symbols_of("ip_rcv"), ElementsAre("ip_rcv"));
  EXPECT_THAT(symbols_of("ip_rcv_core"), ElementsAre("ip_rcv_core"));
  plan_for({"ip_rcv"});
  EXPECT_THAT(symbols_of("ip_rcv"), ElementsAre("ip_rcv", "ip_rcv_core"));
}

TEST_F(AttachPlanTest, OfTwoRegexesTheFirstTakesTheFunction) {
  facts.functions["f_a"] = function_with_skb({0});
  facts.functions["f_b"] = function_with_skb({0});
  load(R"({"name": "one", "regex": "f_a"}, {"name": "two", "regex": "f_"},
          {"name": "three", "regex": "f_"})");
  plan_for();
  EXPECT_THAT(symbols_of("one"), ElementsAre("f_a"));
  EXPECT_THAT(symbols_of("two"), ElementsAre("f_b"));
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_THAT(plan.missing[0].reason, HasSubstr("covered by leaf"));
}

TEST_F(AttachPlanTest, ARegexThatMatchesTooMuchIsRefused) {
  for (size_t i = 0; i <= max_functions_per_leaf; ++i) {
    facts.functions[fmt::format("f{}", i)] = function_with_skb({0});
  }
  EXPECT_EQ(only_attachment(R"({"name": "leaf", "regex": "f"})"),
            "too wide: its regex matches 65 functions, more than 64");
}

TEST_F(AttachPlanTest, AMissingLeafNamesItsTraceableSuccessor) {
  facts.functions["c"] = function_with_skb({0});
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "c"}, "c")");
  plan_for({"a"});
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].instead, "c");
}

TEST_F(AttachPlanTest, ASuccessorThatCannotBeTracedIsNotNamed) {
  facts.functions["b"] = function_with_skb({});
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "a"})");
  plan_for({"a"});
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].instead, "");
}

TEST_F(AttachPlanTest, NothingMissingIsNothingToSay) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a")");
  plan_for({"a"});
  EXPECT_THAT(describe_missing(tree, selection, plan, false), IsEmpty());
  EXPECT_THAT(describe_missing(tree, selection, plan, true), IsEmpty());
}

TEST_F(AttachPlanTest, MissingLeavesOfAGroupAreCountedAndListedWhenVerbose) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a", {"name": "b", "instead": "a"}, "c")");
  plan_for();
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("2 of 3 functions are not in this kernel or a loaded module (-v lists them)"));
  EXPECT_THAT(describe_missing(tree, selection, plan, true),
              ElementsAre("2 of 3 functions are not in this kernel or a loaded module",
                          "b is not in this kernel or a loaded module: use a",
                          "c is not in this kernel or a loaded module"));
}

TEST_F(AttachPlanTest, OneMissingLeafIsCountedInTheSingular) {
  facts.functions["a"] = function_with_skb({0});
  load(R"("a", "b")");
  plan_for();
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("1 of 2 functions is not in this kernel or a loaded module (-v lists them)"));
}

TEST_F(AttachPlanTest, FunctionsThatAreThereButUnreadableAreCountedHonestly) {
  facts.functions["a"] = function_with_skb({0});
  facts.functions["b"] = function_with_skb({});
  load(R"("a", "b", "c")");
  plan_for();
  EXPECT_THAT(describe_missing(tree, selection, plan, false),
              ElementsAre("2 of 3 functions cannot be traced in this kernel (-v lists them)"));
}

TEST_F(AttachPlanTest, ANamedMissingLeafAlwaysGetsItsLine) {
  facts.functions["__dev_queue_xmit"] = function_with_skb({0});
  load(R"({"name": "dev_queue_xmit", "instead": "__dev_queue_xmit"}, "__dev_queue_xmit", "gone")");
  plan_for({"dev_queue_xmit"});
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("dev_queue_xmit is not in this kernel or a loaded module: use __dev_queue_xmit"));
  plan_for({"all", "dev_queue_xmit"});
  EXPECT_THAT(
      describe_missing(tree, selection, plan, false),
      ElementsAre("2 of 3 functions are not in this kernel or a loaded module (-v lists them)",
                  "dev_queue_xmit is not in this kernel or a loaded module: use __dev_queue_xmit"));
}

TEST_F(AttachPlanTest, QuestionsCoverTheLeavesAndTheirSuccessors) {
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "regex": "b.*", "instead": "t"},
          {"name": "t", "type": "tracepoint", "tp": "skb:t"}, "unasked",
          {"name": "c", "regex": "b.*", "instead": "a"})");
  const Questions asked = questions(tree, {0, 4});
  EXPECT_THAT(asked.functions, UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(asked.patterns, ElementsAre("b.*"));
  EXPECT_THAT(asked.tracepoints, ElementsAre("skb:t"));
}

TEST_F(AttachPlanTest, ARingOfSuccessorsIsAskedAboutOnce) {
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "a"})");
  EXPECT_THAT(questions(tree, {0, 1}).functions, UnorderedElementsAre("a", "b"));
}

}  // namespace
}  // namespace nettrace
