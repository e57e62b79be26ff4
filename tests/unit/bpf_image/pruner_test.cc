// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the constants of a BPF program make of it.
#include "bpf_image/pruner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "bpf_image/value.h"
#include "support/bpf_insn.h"

namespace nettrace {
namespace {

using test::insn;

constexpr int constants_fd = 7;
constexpr std::array<std::byte, 8> values = {std::byte{1}, std::byte{0}, std::byte{0xff}};
constexpr ConstantMap constants{.fd = constants_fd, .bytes = values};

bpf_insn move(unsigned dst, int imm) { return insn(BPF_ALU64 | BPF_MOV | BPF_K, dst, 0, 0, imm); }
bpf_insn jump_if_zero(unsigned reg, int off) {
  return insn(BPF_JMP | BPF_JEQ | BPF_K, reg, 0, off);
}
bpf_insn jump(int off) { return insn(BPF_JMP | BPF_JA, 0, 0, off); }
bpf_insn leave() { return insn(BPF_JMP | BPF_EXIT); }
bpf_insn call(int function) { return insn(BPF_JMP | BPF_CALL, 0, 0, 0, function); }
bpf_insn call_subprogram(int distance) {
  return insn(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, distance);
}
bpf_insn load_byte(unsigned dst, unsigned src, int off) {
  return insn(BPF_LDX | BPF_MEM | BPF_B, dst, src, off);
}

std::vector<bpf_insn> pruned(std::vector<bpf_insn> insns) {
  return prune({std::move(insns), {}}, constants).value().insns;
}

std::vector<bpf_insn> program(std::vector<std::vector<bpf_insn>> parts) {
  std::vector<bpf_insn> whole;
  for (const auto& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}
std::vector<bpf_insn> wide(unsigned dst, unsigned src, uint64_t low, uint64_t high) {
  return {insn(BPF_LD | BPF_IMM | BPF_DW, dst, src, 0, static_cast<int>(low)),
          insn(0, 0, 0, 0, static_cast<int>(high))};
}

// The immediate values of the moves that are left tell which parts those are.
std::vector<int> moves(const std::vector<bpf_insn>& insns) {
  std::vector<int> found;
  for (const bpf_insn& insn : insns) {
    if (insn.code == (BPF_ALU64 | BPF_MOV | BPF_K)) found.push_back(insn.imm);
  }
  return found;
}

using testing::ElementsAre;

// if (constants[offset] == 0) r0 = 10; else r0 = 20;
std::vector<bpf_insn> asks_for(int offset) {
  return program(
      {wide(1, BPF_PSEUDO_MAP_VALUE, constants_fd, 0),
       {load_byte(1, 1, offset), jump_if_zero(1, 2), move(0, 20), leave(), move(0, 10), leave()}});
}

TEST(Pruner, TakesTheWayThatAConstantOfTheMapSays) {
  EXPECT_THAT(moves(pruned(asks_for(0))), ElementsAre(20));
  EXPECT_THAT(moves(pruned(asks_for(1))), ElementsAre(10));
}

TEST(Pruner, KnowsNothingBeyondTheMap) {
  EXPECT_THAT(moves(pruned(asks_for(8))), ElementsAre(20, 10));
  EXPECT_THAT(moves(pruned(asks_for(-1))), ElementsAre(20, 10));
}

TEST(Pruner, KnowsNothingOfAnotherMap) {
  auto other = asks_for(1);
  other[0].imm = constants_fd + 1;
  EXPECT_THAT(moves(pruned(other)), ElementsAre(20, 10));
}

TEST(Pruner, ComputesWithConstants) {
  const auto variant = program({wide(1, 0, 0x12345678, 0x1),
                                {insn(BPF_ALU64 | BPF_RSH | BPF_K, 1, 0, 0, 32),
                                 insn(BPF_ALU64 | BPF_AND | BPF_K, 1, 0, 0, 2), jump_if_zero(1, 2),
                                 move(0, 20), leave(), move(0, 10), leave()}});
  EXPECT_THAT(moves(pruned(variant)), ElementsAre(10));
}

TEST(Pruner, KeepsBothWaysOfWhatOnlyTheKernelKnows) {
  const auto insns =
      program({{call(5), jump_if_zero(0, 2), move(0, 20), leave(), move(0, 10), leave()}});
  EXPECT_EQ(pruned(insns).size(), insns.size());
}

TEST(Pruner, ForgetsWhatTwoWaysDisagreeAbout) {
  const auto insns = program({{call(5), move(1, 0), jump_if_zero(0, 1), move(1, 1),
                               jump_if_zero(1, 2), move(0, 20), leave(), move(0, 10), leave()}});
  EXPECT_THAT(moves(pruned(insns)), ElementsAre(0, 1, 20, 10));
}

TEST(Pruner, ForgetsWhatALoopChanges) {
  const auto insns =
      program({{move(1, 0), insn(BPF_ALU64 | BPF_ADD | BPF_K, 1, 0, 0, 1),
                insn(BPF_JMP | BPF_JNE | BPF_K, 1, 0, -2, 3), move(0, 10), leave()}});
  EXPECT_EQ(pruned(insns).size(), insns.size());
}

TEST(Pruner, ForgetsWhatACallMayChange) {
  const auto insns =
      program({{move(1, 0), move(6, 0), call(5), jump_if_zero(1, 2), move(0, 20), leave(),
                jump_if_zero(6, 2), move(0, 30), leave(), move(0, 10), leave()}});
  EXPECT_THAT(moves(pruned(insns)), ElementsAre(0, 0, 20, 10));
}

TEST(Pruner, AResolvedKernelFunctionHasAnAddress) {
  const auto insns = program({wide(1, BPF_PSEUDO_BTF_ID, 99, 0),
                              {jump_if_zero(1, 2), move(0, 20), leave(), move(0, 10), leave()}});
  EXPECT_THAT(moves(pruned(insns)), ElementsAre(20));
}

TEST(Pruner, JumpsAndCallsReachTheirTargetsStill) {
  const auto insns = program(
      {{move(1, 0), jump_if_zero(1, 1), call_subprogram(5), call(5), jump_if_zero(0, 1),
        call_subprogram(4), move(0, 1), leave(), move(0, 2), leave(), move(0, 3), leave()}});
  const auto kept = pruned(insns);
  ASSERT_THAT(moves(kept), ElementsAre(0, 1, 3));  // the first subprogram is called no more
  EXPECT_EQ(kept[1].imm, 5);
  EXPECT_EQ(kept[3].src_reg, BPF_PSEUDO_CALL);
  EXPECT_EQ(kept[static_cast<size_t>(3 + 1 + kept[3].imm)].imm, 3);
}

TEST(Pruner, AGotoOverWhatIsGoneGoes) {
  const auto insns = program({{jump(2), move(0, 9), leave(), move(0, 1), leave()}});
  EXPECT_EQ(pruned(insns).size(), 2u);
}

TEST(Pruner, AGotoOverWhatIsLeftIsShorter) {
  const auto kept = pruned(program({{call(5), jump_if_zero(0, 2), move(0, 1), jump(4), jump(1),
                                     move(0, 9), move(0, 2), leave(), move(0, 3), leave()}}));
  ASSERT_THAT(moves(kept), ElementsAre(1, 2, 3));
  EXPECT_EQ(kept[3].off, 2);
}

TEST(Pruner, ASubprogramKnowsWhatAllCallsAgreeAbout) {
  const auto calls = [](int first, int second) {
    return program(
        {{move(1, first), call_subprogram(4), move(1, second), call_subprogram(2), move(0, 5),
          leave(), jump_if_zero(1, 2), move(0, 20), leave(), move(0, 10), leave()}});
  };
  EXPECT_THAT(moves(pruned(calls(1, 1))), ElementsAre(1, 1, 5, 20));
  EXPECT_THAT(moves(pruned(calls(0, 1))), ElementsAre(0, 1, 5, 20, 10));
}

TEST(Pruner, SaysNothingOfFormsThatItDoesNotKnow) {
  constexpr int pseudo_func = 4;
  constexpr int load_acquire = 0x100;
  const std::vector<std::vector<bpf_insn>> unknown_forms = {
      {insn(BPF_JMP32 | BPF_JA, 0, 0, 0, 1), move(0, 1)},
      {insn(BPF_JMP | BPF_JA | BPF_X, 1)},
      {insn(BPF_JMP | 0xe0, 0, 0, 1)},
      wide(1, pseudo_func, 1, 0),
      {insn(BPF_STX | BPF_ATOMIC | BPF_DW, 1, 2, 0, load_acquire)},
      {insn(BPF_ALU64 | BPF_MOV | BPF_X, 1, 2, 1)},
      {insn(BPF_LD | BPF_ABS | BPF_W)},
  };
  for (const auto& form : unknown_forms) {
    EXPECT_FALSE(prune({program({form, {leave()}}), {}}, constants));
  }
}

TEST(Pruner, ACutProgramIsNoTrap) {
  EXPECT_TRUE(pruned({}).empty());
  auto insns = asks_for(0);
  for (size_t size = 1; size < insns.size(); ++size) {
    (void)pruned({insns.begin(), insns.begin() + static_cast<ptrdiff_t>(size)});
  }
}

TEST(BpfValue, ComputesInBothWidths) {
  EXPECT_EQ(compute(BPF_ADD, 0xffffffff, 1, true), 0x100000000u);
  EXPECT_EQ(compute(BPF_ADD, 0xffffffff, 1, false), 0u);
  EXPECT_EQ(compute(BPF_LSH, 1, 33, false), 2u);
  EXPECT_EQ(compute(BPF_DIV, 4, 2, true), std::nullopt);
}

TEST(BpfValue, ComparesInBothWidthsAndSigns) {
  EXPECT_EQ(compare(BPF_JEQ, 0x100000001, 1, true), false);
  EXPECT_EQ(compare(BPF_JEQ, 0x100000001, 1, false), true);
  EXPECT_EQ(compare(BPF_JGT, UINT64_MAX, 1, true), true);
  EXPECT_EQ(compare(BPF_JSGT, UINT64_MAX, 1, true), false);
  EXPECT_EQ(compare(BPF_JSLT, 0xffffffff, 0, false), true);
  EXPECT_EQ(compare(BPF_JSET, 6, 4, true), true);
}

TEST(Pruner, SubprogramsAreFoundWhereTheyHaveGone) {
  const ProgramImage image{program({{jump(1), call_subprogram(4), call_subprogram(4), leave()},
                                    {move(0, 10), leave()},
                                    {leave()},
                                    {leave()}}),
                           {{0, 1}, {4, 2}, {6, 3}, {7, 4}}};
  const ProgramImage kept = prune(image, constants).value();
  ASSERT_EQ(kept.functions.size(), 2u);
  EXPECT_EQ(kept.functions[0].type_id, 1u);
  EXPECT_EQ(kept.functions[1].insn_off, 2u);
  EXPECT_EQ(kept.functions[1].type_id, 4u);
}

}  // namespace
}  // namespace nettrace
