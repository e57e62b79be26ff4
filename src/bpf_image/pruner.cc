// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Walks every way through the program with what is known of its registers; what no way comes by is
// left out, and so are branches that go one way only.
#include "bpf_image/pruner.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "bpf_image/forms.h"
#include "bpf_image/value.h"

namespace nettrace {
namespace {

using Registers = std::array<Value, MAX_BPF_REG>;

constexpr Value unknown{};

bool is_wide(const bpf_insn& insn) { return insn.code == (BPF_LD | BPF_IMM | BPF_DW); }
bool is_jump(const bpf_insn& insn) {
  return BPF_CLASS(insn.code) == BPF_JMP || BPF_CLASS(insn.code) == BPF_JMP32;
}
bool is_goto(const bpf_insn& insn) { return is_jump(insn) && BPF_OP(insn.code) == BPF_JA; }
bool is_branch(const bpf_insn& insn) {
  const auto op = BPF_OP(insn.code);
  return is_jump(insn) && op != BPF_JA && op != BPF_CALL && op != BPF_EXIT;
}
class Pruner {
 public:
  Pruner(const ProgramImage& image, const ConstantMap& constants)
      : program_(image.insns),
        functions_(image.functions),
        constants_(constants),
        before_(program_.size()),
        ways_(program_.size()) {
    for (Registers& registers : before_) registers.fill({Value::Kind::unseen, 0});
  }

  ProgramImage run() {
    Registers at_entry;
    at_entry.fill(unknown);
    reach(0, at_entry);
    while (!queue_.empty()) {
      const size_t at = queue_.back();
      queue_.pop_back();
      step(at, before_[at]);
    }
    return rest();
  }

 private:
  struct Ways {
    bool reached = false;
    bool on = false;    // a branch was not taken
    bool away = false;  // a branch was taken
  };

  void reach(size_t at, const Registers& registers) {
    if (at >= program_.size()) return;
    bool is_new = !ways_[at].reached;
    ways_[at].reached = true;
    for (size_t i = 0; i < registers.size(); ++i) {
      Value& known = before_[at][i];
      const Value merged =
          known.kind == Value::Kind::unseen || known == registers[i] ? registers[i] : unknown;
      is_new |= merged != known;
      known = merged;
    }
    if (is_new) queue_.push_back(at);
  }

  void step(size_t at, Registers registers) {
    const bpf_insn& insn = program_[at];
    if (is_jump(insn)) return jump(at, registers);
    switch (BPF_CLASS(insn.code)) {
      case BPF_ALU:
      case BPF_ALU64:
        registers[insn.dst_reg] = computed(insn, registers);
        break;
      case BPF_LD:
        registers[insn.dst_reg] = is_wide(insn) ? wide(at) : unknown;
        break;
      case BPF_LDX:
        registers[insn.dst_reg] = loaded(insn, registers[insn.src_reg]);
        break;
      case BPF_STX:
        // An atomic operation may fetch the old value, into its source or into R0.
        if (BPF_MODE(insn.code) == BPF_ATOMIC) registers[insn.src_reg] = registers[0] = unknown;
        break;
      default:
        break;
    }
    reach(at + width_of(at), registers);
  }

  void jump(size_t at, Registers& registers) {
    const bpf_insn& insn = program_[at];
    switch (BPF_OP(insn.code)) {
      case BPF_EXIT:
        return;
      case BPF_JA:
        return reach(target(at), registers);
      case BPF_CALL:
        if (is_subprogram_call(insn)) {
          // What is merged from all calls holds for each of them.
          Registers of_callee;
          of_callee.fill(unknown);
          for (size_t i = BPF_REG_1; i <= BPF_REG_5; ++i) of_callee[i] = registers[i];
          reach(target(at), of_callee);
        }
        for (size_t i = BPF_REG_0; i <= BPF_REG_5; ++i) registers[i] = unknown;
        return reach(at + 1, registers);
      default:
        break;
    }
    const std::optional<bool> taken = decided(insn, registers);
    if (taken.value_or(true)) {
      ways_[at].away = true;
      reach(target(at), registers);
    }
    if (!taken.value_or(false)) {
      ways_[at].on = true;
      reach(at + 1, registers);
    }
  }

  // The last instruction of a program that is cut off may lack its second half.
  size_t width_of(size_t at) const {
    return is_wide(program_[at]) && at + 1 < program_.size() ? 2 : 1;
  }

  // The program's size where it would be outside.
  size_t target(size_t at) const {
    const bpf_insn& insn = program_[at];
    const int64_t distance = is_subprogram_call(insn) ? insn.imm : insn.off;
    return std::min(static_cast<size_t>(static_cast<int64_t>(at) + 1 + distance), program_.size());
  }

  Value operand(const bpf_insn& insn, const Registers& registers) const {
    if (BPF_SRC(insn.code) == BPF_X) return registers[insn.src_reg];
    return constant(static_cast<uint64_t>(int64_t{insn.imm}));
  }

  Value computed(const bpf_insn& insn, const Registers& registers) const {
    const bool is_64 = BPF_CLASS(insn.code) == BPF_ALU64;
    const Value a = registers[insn.dst_reg];
    const Value b = operand(insn, registers);
    const uint8_t op = BPF_OP(insn.code);
    if (insn.off != 0) return unknown;  // sign-extending moves, signed division
    if (op == BPF_MOV && is_64) return b;
    if (a.kind == Value::Kind::data && b.kind == Value::Kind::constant && op == BPF_ADD && is_64) {
      return {Value::Kind::data, a.number + b.number};
    }
    if (b.kind != Value::Kind::constant) return unknown;
    if (op != BPF_MOV && a.kind != Value::Kind::constant) return unknown;
    const auto result = compute(op, a.number, b.number, is_64);
    return result ? constant(*result) : unknown;
  }

  Value wide(size_t at) const {
    if (width_of(at) == 1) return unknown;
    const bpf_insn& first = program_[at];
    const uint64_t high = static_cast<uint32_t>(program_[at + 1].imm);
    switch (first.src_reg) {
      case 0:
        return constant(high << 32 | static_cast<uint32_t>(first.imm));
      case BPF_PSEUDO_MAP_VALUE:
        if (first.imm == constants_.fd) return {Value::Kind::data, high};
        return {Value::Kind::nonzero, 0};
      case BPF_PSEUDO_BTF_ID:
        return {Value::Kind::nonzero, 0};
      default:
        return unknown;
    }
  }

  Value loaded(const bpf_insn& insn, const Value& from) const {
    constexpr std::array<size_t, 4> sizes = {4, 2, 1, 8};  // by BPF_SIZE: W, H, B, DW
    const size_t size = sizes[BPF_SIZE(insn.code) >> 3];
    const uint64_t at = from.number + static_cast<uint64_t>(int64_t{insn.off});
    if (from.kind != Value::Kind::data || BPF_MODE(insn.code) != BPF_MEM) return unknown;
    if (at > constants_.bytes.size() || constants_.bytes.size() - at < size) return unknown;
    uint64_t number = 0;  // both machines are little-endian
    std::memcpy(&number, constants_.bytes.data() + at, size);
    return constant(number);
  }

  // Whether the branch is taken; nothing: now and then.
  std::optional<bool> decided(const bpf_insn& insn, const Registers& registers) const {
    const Value a = registers[insn.dst_reg];
    const Value b = operand(insn, registers);
    const uint8_t op = BPF_OP(insn.code);
    const bool is_64 = BPF_CLASS(insn.code) == BPF_JMP;
    if (b.kind != Value::Kind::constant) return std::nullopt;
    if (a.kind == Value::Kind::constant) {
      return compare(op, a.number, b.number, is_64);
    }
    const bool is_address = a.kind == Value::Kind::nonzero || a.kind == Value::Kind::data;
    if (!is_address || b.number != 0 || !is_64) return std::nullopt;
    if (op == BPF_JEQ) return false;
    if (op == BPF_JNE) return true;
    return std::nullopt;
  }

  bool is_kept(size_t at) const {
    if (!ways_[at].reached) return false;
    const bpf_insn& insn = program_[at];
    if (is_branch(insn) && !ways_[at].away) return false;
    return !always_jumps(at) || leads_over_something(at);
  }

  bool always_jumps(size_t at) const {
    const bpf_insn& insn = program_[at];
    return is_goto(insn) || (is_branch(insn) && !ways_[at].on);
  }

  // Between a jump and its target there is something left. A jump to the next instruction costs the
  // kernel, which takes it out by moving all that stands behind it.
  bool leads_over_something(size_t at) const {
    const size_t to = target(at);
    if (to <= at) return true;
    for (size_t i = at + 1; i < to; ++i) {
      if (ways_[i].reached) return true;
    }
    return false;
  }

  ProgramImage rest() const {
    std::vector<size_t> new_place(program_.size() + 1, 0);
    for (size_t at = 0; at < program_.size();) {
      const size_t width = width_of(at);
      for (size_t i = 1; i <= width; ++i) {
        new_place[at + i] = new_place[at] + (is_kept(at) ? i : 0);
      }
      at += width;
    }
    ProgramImage result;
    std::vector<bpf_insn>& kept = result.insns;
    for (size_t at = 0; at < program_.size();) {
      const size_t width = width_of(at);
      if (is_kept(at)) {
        for (size_t i = 0; i < width; ++i) kept.push_back(program_[at + i]);
        redirect(at, new_place, kept.back());
      }
      at += width;
    }
    for (const bpf_func_info& function : functions_) {
      if (!ways_[function.insn_off].reached) continue;
      result.functions.push_back({.insn_off = static_cast<uint32_t>(new_place[function.insn_off]),
                                  .type_id = function.type_id});
    }
    return result;
  }

  void redirect(size_t at, const std::vector<size_t>& new_place, bpf_insn& insn) const {
    if (!is_goto(insn) && !is_branch(insn) && !is_subprogram_call(insn)) return;
    const auto distance =
        static_cast<int32_t>(new_place[target(at)]) - static_cast<int32_t>(new_place[at]) - 1;
    if (is_subprogram_call(insn)) {
      insn.imm = distance;
      return;
    }
    if (is_branch(insn) && !ways_[at].on) {
      insn = {.code = BPF_JMP | BPF_JA, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0};
    }
    insn.off = static_cast<int16_t>(distance);
  }

  std::span<const bpf_insn> program_;
  std::span<const bpf_func_info> functions_;
  ConstantMap constants_;
  std::vector<Registers> before_;  // by instruction
  std::vector<Ways> ways_;         // by instruction
  std::vector<size_t> queue_;
};

}  // namespace

std::optional<ProgramImage> prune(const ProgramImage& program, const ConstantMap& constants) {
  for (size_t at = 0; at < program.insns.size(); ++at) {
    if (!is_known_form(program.insns[at])) return std::nullopt;
    if (is_wide(program.insns[at])) ++at;
  }
  return Pruner(program, constants).run();
}

}  // namespace nettrace
