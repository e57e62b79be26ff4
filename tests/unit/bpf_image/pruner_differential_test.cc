// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Random programs are run as they are and pruned, and must answer the same. Their jumps go forward,
// so that they end; what a helper returns is the seed's matter, so that both runs see the same.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <vector>

#include "bpf_image/pruner.h"
#include "bpf_image/value.h"
#include "support/bpf_insn.h"

namespace nettrace {
namespace {

using test::insn;

constexpr int constants_fd = 7;
constexpr std::array<std::byte, 16> values = {std::byte{1}, std::byte{0}, std::byte{0xff},
                                              std::byte{2}, std::byte{8}, std::byte{0x80}};
constexpr uint64_t constants_address = 0x100000;  // in the interpreter
constexpr int helper = 5;
constexpr size_t max_registers = 6;  // R0 to R5; R6 to R9 are asked for, too

// Knows what Generator makes.
class Interpreter {
 public:
  Interpreter(const std::vector<bpf_insn>& program, uint64_t seed)
      : program_(program), helpers_(seed) {}

  uint64_t run() {
    call(0);
    return registers_[0];
  }
  size_t steps() const { return steps_; }

 private:
  void call(size_t at) {
    for (;; ++at) {
      ++steps_;
      const bpf_insn& insn = program_.at(at);
      const bool is_64 = BPF_CLASS(insn.code) == BPF_ALU64 || BPF_CLASS(insn.code) == BPF_JMP;
      uint64_t& to = registers_[insn.dst_reg];
      const uint64_t operand = BPF_SRC(insn.code) == BPF_X
                                   ? registers_[insn.src_reg]
                                   : static_cast<uint64_t>(int64_t{insn.imm});
      switch (BPF_CLASS(insn.code)) {
        case BPF_ALU:
        case BPF_ALU64:
          to = *compute(BPF_OP(insn.code), to, operand, is_64);
          break;
        case BPF_LD:
          to = insn.src_reg == BPF_PSEUDO_MAP_VALUE
                   ? constants_address + static_cast<uint32_t>(program_.at(at + 1).imm)
                   : static_cast<uint64_t>(program_.at(at + 1).imm) << 32 |
                         static_cast<uint32_t>(insn.imm);
          ++at;
          break;
        case BPF_LDX:
          to = std::to_integer<uint64_t>(values.at(registers_[insn.src_reg] - constants_address +
                                                   static_cast<uint64_t>(int64_t{insn.off})));
          break;
        default:
          if (insn.code == (BPF_JMP | BPF_EXIT)) return;
          if (insn.code == (BPF_JMP | BPF_CALL)) {
            call_of(insn, at);
          } else if (BPF_OP(insn.code) == BPF_JA ||
                     *compare(BPF_OP(insn.code), to, operand, is_64)) {
            at += static_cast<size_t>(insn.off);
          }
      }
    }
  }

  void call_of(const bpf_insn& insn, size_t at) {
    if (is_subprogram_call(insn)) {
      const Registers saved = registers_;
      call(at + 1 + static_cast<size_t>(insn.imm));
      for (size_t i = BPF_REG_6; i < registers_.size(); ++i) registers_[i] = saved[i];
    } else {
      registers_[0] = helpers_() & 3;
    }
    for (size_t i = BPF_REG_1; i <= BPF_REG_5; ++i) registers_[i] = 0;  // which nobody may read
  }

  using Registers = std::array<uint64_t, MAX_BPF_REG>;
  const std::vector<bpf_insn>& program_;
  std::mt19937_64 helpers_;
  Registers registers_{};
  size_t steps_ = 0;
};

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  // The program and two subprograms, the second of which both of the others call.
  ProgramImage make() {
    ProgramImage image;
    for (int function = 0; function < 3; ++function) {
      image.functions.push_back(
          {static_cast<uint32_t>(code_.size()), static_cast<uint32_t>(function)});
      body(function);
    }
    for (const auto& [at, function] : calls_) {
      code_[at].imm = static_cast<int>(image.functions[static_cast<size_t>(function)].insn_off) -
                      static_cast<int>(at) - 1;
    }
    image.insns = std::move(code_);
    return image;
  }

 private:
  unsigned any(unsigned count) { return static_cast<unsigned>(random_() % count); }
  unsigned any_register() { return any(10); }

  void body(int function) {
    const size_t first = code_.size();
    const size_t parts = 4 + any(30);
    std::vector<size_t> starts;
    std::vector<size_t> jumps;
    for (unsigned reg = function == 0 ? 1 : 6; reg < 10; ++reg) set(reg);
    set(0);
    for (size_t part = 0; part < parts; ++part) {
      starts.push_back(code_.size());
      const unsigned kind = any(10);
      if (kind < 4) {
        jumps.push_back(code_.size());
        branch();
      } else if (kind == 4 && function < 2) {
        calls_.emplace_back(
            code_.size(),
            function + 1 + static_cast<int>(any(static_cast<unsigned>(2 - function))));
        code_.push_back(insn(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL));
        for (unsigned reg = 1; reg < max_registers; ++reg) set(reg);
      } else if (kind == 5) {
        code_.push_back(insn(BPF_JMP | BPF_CALL, 0, 0, 0, helper));
        for (unsigned reg = 1; reg < max_registers; ++reg) set(reg);
      } else {
        compute_something();
      }
    }
    starts.push_back(code_.size());
    code_.push_back(insn(BPF_JMP | BPF_EXIT));
    for (const size_t at : jumps) {
      std::vector<size_t> behind;
      for (const size_t start : starts) {
        if (start > at) behind.push_back(start);
      }
      const size_t to = behind[any(static_cast<unsigned>(std::min<size_t>(behind.size(), 5)))];
      code_[at].off = static_cast<__s16>(to - at - 1);
    }
    EXPECT_GT(code_.size(), first);
  }

  void set(unsigned reg) {
    if (any(3) == 0) {
      const unsigned at = any(values.size());
      code_.push_back(insn(BPF_LD | BPF_IMM | BPF_DW, reg, BPF_PSEUDO_MAP_VALUE, 0, constants_fd));
      code_.push_back(insn(0, 0, 0, 0, static_cast<int>(at)));
      code_.push_back(insn(BPF_LDX | BPF_MEM | BPF_B, reg, reg));
    } else {
      code_.push_back(insn(BPF_ALU64 | BPF_MOV | BPF_K, reg, 0, 0, static_cast<int>(any(4)) - 1));
    }
  }

  void compute_something() {
    constexpr std::array ops = {BPF_ADD, BPF_SUB, BPF_AND, BPF_OR,
                                BPF_XOR, BPF_LSH, BPF_RSH, BPF_MOV};
    const int width = any(2) != 0 ? BPF_ALU64 : BPF_ALU;
    const int op = ops.at(any(ops.size()));
    if (any(2) != 0) {
      code_.push_back(insn(width | op | BPF_X, any_register(), any_register()));
    } else {
      code_.push_back(insn(width | op | BPF_K, any_register(), 0, 0, static_cast<int>(any(5))));
    }
  }

  void branch() {
    constexpr std::array ops = {BPF_JEQ,  BPF_JNE,  BPF_JGT,  BPF_JGE, BPF_JLT,
                                BPF_JSGT, BPF_JSLT, BPF_JSET, BPF_JA};
    const int op = ops.at(any(ops.size()));
    if (op == BPF_JA) {
      code_.push_back(insn(BPF_JMP | BPF_JA));
    } else {
      const int width = any(2) != 0 ? BPF_JMP : BPF_JMP32;
      code_.push_back(insn(width | op | BPF_K, any_register(), 0, 0, static_cast<int>(any(3))));
    }
  }

  std::mt19937_64 random_;
  std::vector<bpf_insn> code_;
  std::vector<std::pair<size_t, int>> calls_;  // where, and of which function
};

TEST(PrunerDifferential, RandomProgramsAnswerTheSame) {
  size_t shorter = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    const ProgramImage whole = Generator(seed).make();
    const auto rest = prune(whole, {.fd = constants_fd, .bytes = values});
    ASSERT_TRUE(rest) << seed;
    Interpreter before(whole.insns, seed);
    Interpreter after(rest->insns, seed);
    ASSERT_EQ(before.run(), after.run()) << "seed " << seed;
    ASSERT_LE(after.steps(), before.steps()) << "seed " << seed;
    shorter += rest->insns.size() < whole.insns.size();
  }
  EXPECT_GT(shorter, 1000U);
}

}  // namespace
}  // namespace nettrace
