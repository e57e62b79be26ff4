// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "plan/fact_queries.h"
#include "support/attach_plan_fixture.h"

namespace nettrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Kind = Target::Kind;
using test::AttachPlanTest;
using test::function_with_pointer;
using test::function_with_skb;

TEST_F(AttachPlanTest, WithoutAnyWayToFunctionsTracepointsAreTraced) {
  facts.features.kprobes = false;
  facts.functions["f"] = function_with_skb({0});
  facts.tracepoints["skb:consume_skb"] = {.skb_arg = 0, .sock_arg = {}, .fields = {}};
  load(R"("f", {"name": "consume_skb", "type": "tracepoint", "tp": "skb:consume_skb"})");
  plan_for();
  ASSERT_EQ(plan.attachments.size(), 1U);
  EXPECT_EQ(plan.attachments[0].target.name, "consume_skb");
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].reason, "out of reach: this kernel has neither kprobes nor fentry");
}

TEST_F(AttachPlanTest, WithFentryAloneFunctionsAreTracedThatBtfDescribes) {
  facts.features.kprobes = false;
  facts.features.fentry = true;
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].btf_id = 7;
  facts.functions["g.constprop.0"] = {};
  load(R"("f", {"name": "g", "regex": "^g\\.constprop", "skb": 1})");
  plan_for();
  ASSERT_EQ(plan.attachments.size(), 1U);
  EXPECT_EQ(plan.attachments[0].target.name, "f");
  ASSERT_EQ(plan.missing.size(), 1U);
  EXPECT_EQ(plan.missing[0].reason,
            "not described by this kernel's BTF, and there are no kprobes to do without");
}

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
  EXPECT_EQ(only_attachment(R"("f:0")"), "not called with an skb in this kernel");
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
  EXPECT_EQ(plan.attachments[0].target.kind, Kind::kernel_function);
  EXPECT_EQ(plan.attachments[1].target.kind, Kind::kernel_function);
  EXPECT_EQ(plan.attachments[1].skb_index, 1);
  EXPECT_EQ(plan.attachments[2].target.kind, Kind::tracepoint);
  EXPECT_EQ(plan.attachments[2].target.name, "consume_skb");
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
      if (one.returns) names += one.target.name + (one.at_return ? "! " : " ");
    }
    return names;
  };
  EXPECT_EQ(returning({}), "late! ");
  EXPECT_EQ(returning({.returns = true}), "number copy late! ");
  EXPECT_EQ(returning({.returned_copies = true}), "copy late! ");
}

TEST_F(AttachPlanTest, ALeafSaysWhatAnIntegerMeans) {
  using Returns = ReturnType::Kind;
  const auto returns = [&](const ReturnType& by_btf, const char* leaf) {
    facts.functions["f"] = function_with_skb({0});
    facts.functions["f"].returns = by_btf;
    load(leaf);
    plan_for();
    return plan.return_types.at(0).kind;
  };
  const char* const action = R"({"name": "f", "returns": "TC_ACT"})";
  EXPECT_EQ(returns({Returns::number, 4, {}}, action), Returns::tc_action);
  EXPECT_EQ(returns({Returns::other, 4, {}}, action), Returns::tc_action);    // unsigned
  EXPECT_EQ(returns({Returns::verdict, 4, {}}, action), Returns::tc_action);  // by its arguments
  EXPECT_EQ(returns({Returns::enumeration, 4, {}}, action), Returns::enumeration);
  EXPECT_EQ(returns({Returns::boolean, 1, {}}, action), Returns::boolean);
  EXPECT_EQ(returns({Returns::other, 8, {}}, action), Returns::other);  // a pointer
  EXPECT_EQ(returns({Returns::nothing, 8, {}}, action), Returns::nothing);
  EXPECT_EQ(returns({Returns::number, 4, {}}, R"("f")"), Returns::number);
  EXPECT_EQ(returns({Returns::number, 4, {}}, R"({"name": "f", "returns": "errno"})"),
            Returns::error);
}

TEST_F(AttachPlanTest, AnArgumentThatIsNotThereIsNamed) {
  facts.functions["f"] = function_with_skb({0});
  facts.functions["f"].parameters = {{1, "reason", "enum drop_reason"}};
  facts.types["enum drop_reason"] = {ReturnType::Kind::enumeration, 4, {}};
  load(R"({"name": "f", "args": [{"arg": 1, "as": "enum drop_reason"}]})");
  plan_for();
  EXPECT_THAT(plan.missing_arguments, IsEmpty());
  ASSERT_EQ(plan.arguments.size(), 1U);
  EXPECT_EQ(plan.arguments[0][0].name, "reason");
  load(R"({"name": "f", "args": [{"arg": 1, "as": "enum drop_reasonn"}]})");
  plan_for();
  EXPECT_THAT(
      plan.missing_arguments,
      testing::ElementsAre("f has no argument of the type enum drop_reasonn in this kernel"));
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
            "lacking a field skbaddr in this kernel (it has skb, location)");
}

TEST_F(AttachPlanTest, ATracepointWithoutAnSkb) {
  facts.tracepoints["skb:kfree_skb"] = {};
  EXPECT_THAT(only_attachment(kfree_skb), HasSubstr("not called with an skb"));
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

TEST_F(AttachPlanTest, QuestionsCoverTheLeavesAndTheirSuccessors) {
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "regex": "b.*", "instead": "t"},
          {"name": "t", "type": "tracepoint", "tp": "skb:t"}, "unasked",
          {"name": "c", "regex": "b.*", "instead": "a"})");
  const FactQueries asked = queries(tree, {0, 4});
  EXPECT_THAT(asked.functions, UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(asked.patterns, ElementsAre("b.*"));
  EXPECT_THAT(asked.tracepoints, ElementsAre("skb:t"));
}

TEST_F(AttachPlanTest, ARingOfSuccessorsIsAskedAboutOnce) {
  load(R"({"name": "a", "instead": "b"}, {"name": "b", "instead": "a"})");
  EXPECT_THAT(queries(tree, {0, 1}).functions, UnorderedElementsAre("a", "b"));
}

}  // namespace
}  // namespace nettrace
