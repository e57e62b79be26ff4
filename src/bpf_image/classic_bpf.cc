// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A and X are registers here as well; what reads the packet calls a subprogram.
#include "bpf_image/classic_bpf.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "nettrace/expression.h"

namespace nettrace {
namespace {

constexpr uint8_t frame_register = BPF_REG_6;  // an address; survive calls, all of them
constexpr uint8_t a_register = BPF_REG_7;
constexpr uint8_t x_register = BPF_REG_8;
constexpr uint8_t quick_register = BPF_REG_9;  // what else is handed on to packet_bytes()
constexpr int16_t quick_size_slot = -4;

constexpr int16_t memory_slot(uint32_t number) {
  return static_cast<int16_t>(quick_size_slot - 4 * (static_cast<int>(number) + 1));
}

size_t callee(const bpf_insn& call, size_t at) {
  return static_cast<size_t>(static_cast<int64_t>(at) + 1 + call.imm);
}

class Translator {
 public:
  // The code will stand at `start`, and packet_bytes() stands at `loader`.
  Translator(std::span<const sock_filter> classic, size_t start, size_t loader)
      : classic_(classic), start_(start), loader_(loader), places_(classic.size() + 1) {}

  std::vector<bpf_insn> run() {
    emit(BPF_ALU64 | BPF_MOV | BPF_X, frame_register, BPF_REG_1);
    emit(BPF_ALU64 | BPF_MOV | BPF_X, quick_register, BPF_REG_2);
    emit(BPF_STX | BPF_MEM | BPF_W, BPF_REG_10, BPF_REG_3, quick_size_slot);
    emit(BPF_ALU64 | BPF_MOV | BPF_K, a_register);
    emit(BPF_ALU64 | BPF_MOV | BPF_K, x_register);
    for (uint32_t slot = 0; slot < used_slots(); ++slot) {
      emit(BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, memory_slot(slot));
    }
    for (size_t i = 0; i < classic_.size(); ++i) {
      places_[i] = code_.size();
      translate(i, classic_[i]);
    }
    places_[classic_.size()] = code_.size();  // no match
    emit(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0);
    emit(BPF_JMP | BPF_EXIT);
    for (const Jump& jump : jumps_) {
      code_[jump.at].off = static_cast<int16_t>(static_cast<int64_t>(places_[jump.to]) -
                                                static_cast<int64_t>(jump.at) - 1);
    }
    return std::move(code_);
  }

 private:
  struct Jump {
    size_t at;
    size_t to;  // index of a classic instruction, or behind the last one
  };

  void emit(int code, uint8_t dst = 0, uint8_t src = 0, int16_t off = 0, uint32_t imm = 0) {
    code_.push_back({.code = static_cast<uint8_t>(code),
                     .dst_reg = dst,
                     .src_reg = src,
                     .off = off,
                     .imm = static_cast<int32_t>(imm)});
  }

  void emit_jump(int code, size_t to, uint8_t dst = 0, uint8_t src = 0, uint32_t imm = 0) {
    jumps_.push_back({code_.size(), to});
    emit(code, dst, src, 0, imm);
  }

  size_t no_match() const { return classic_.size(); }

  // Of classic BPF's memory; every one that is used costs a part of the kernel's small stack.
  uint32_t used_slots() const {
    uint32_t slots = 0;
    for (const sock_filter& insn : classic_) {
      const auto kind = BPF_CLASS(insn.code);
      const bool loads = (kind == BPF_LD || kind == BPF_LDX) && BPF_MODE(insn.code) == BPF_MEM;
      if (loads || kind == BPF_ST || kind == BPF_STX) slots = std::max(slots, insn.k + 1);
    }
    return slots;
  }

  void translate(size_t at, const sock_filter& insn) {
    switch (BPF_CLASS(insn.code)) {
      case BPF_LD:
        return load(insn, a_register);
      case BPF_LDX:
        return load(insn, x_register);
      case BPF_ST:
        return emit(BPF_STX | BPF_MEM | BPF_W, BPF_REG_10, a_register, memory_slot(insn.k));
      case BPF_STX:
        return emit(BPF_STX | BPF_MEM | BPF_W, BPF_REG_10, x_register, memory_slot(insn.k));
      case BPF_ALU:
        return compute(insn);
      case BPF_JMP:
        return jump(at, insn);
      case BPF_RET:
        return leave(insn);
      default:  // BPF_MISC
        const bool to_x = BPF_MISCOP(insn.code) == BPF_TAX;
        emit(BPF_ALU | BPF_MOV | BPF_X, to_x ? x_register : a_register,
             to_x ? a_register : x_register);
    }
  }

  void load(const sock_filter& insn, uint8_t to) {
    switch (BPF_MODE(insn.code)) {
      case BPF_IMM:
        return emit(BPF_ALU | BPF_MOV | BPF_K, to, 0, 0, insn.k);
      case BPF_MEM:
        return emit(BPF_LDX | BPF_MEM | BPF_W, to, BPF_REG_10, memory_slot(insn.k));
      case BPF_LEN:
        return load_packet(insn, 0, to);
      case BPF_MSH:  // the length of an IPv4 header
        load_packet(insn, 1, to);
        emit(BPF_ALU | BPF_AND | BPF_K, to, 0, 0, 0xf);
        return emit(BPF_ALU | BPF_LSH | BPF_K, to, 0, 0, 2);
      default:
        return load_packet(insn, bytes_of(insn), to);
    }
  }

  static uint32_t bytes_of(const sock_filter& load) {
    const auto size = BPF_SIZE(load.code);
    return size == BPF_B ? 1 : size == BPF_H ? 2 : 4;
  }

  void load_packet(const sock_filter& insn, uint32_t bytes, uint8_t to) {
    emit(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, frame_register);
    emit(BPF_ALU | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, insn.k);
    if (BPF_MODE(insn.code) == BPF_IND) emit(BPF_ALU | BPF_ADD | BPF_X, BPF_REG_2, x_register);
    emit(BPF_ALU | BPF_MOV | BPF_K, BPF_REG_3, 0, 0, bytes);
    emit(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_4, quick_register);
    emit(BPF_LDX | BPF_MEM | BPF_W, BPF_REG_5, BPF_REG_10, quick_size_slot);
    const auto distance =
        static_cast<int64_t>(loader_) - static_cast<int64_t>(start_ + code_.size()) - 1;
    emit(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, static_cast<uint32_t>(distance));
    // NT_NO_BYTES is above all that fits into 32 bits.
    emit(BPF_ALU64 | BPF_MOV | BPF_X, to, BPF_REG_0);
    emit(BPF_ALU64 | BPF_RSH | BPF_K, BPF_REG_0, 0, 0, 32);
    emit_jump(BPF_JMP | BPF_JNE | BPF_K, no_match(), BPF_REG_0);
  }

  // A division by 0 is no match.
  void compute(const sock_filter& insn) {
    const auto op = BPF_OP(insn.code);
    if (op == BPF_NEG) return emit(BPF_ALU | BPF_NEG, a_register);
    if (BPF_SRC(insn.code) == BPF_K) {
      return emit(BPF_ALU | op | BPF_K, a_register, 0, 0, insn.k);
    }
    if (op == BPF_DIV || op == BPF_MOD) {
      emit_jump(BPF_JMP32 | BPF_JEQ | BPF_K, no_match(), x_register);
    }
    emit(BPF_ALU | op | BPF_X, a_register, x_register);
  }

  void jump(size_t at, const sock_filter& insn) {
    const auto op = BPF_OP(insn.code);
    if (op == BPF_JA) return emit_jump(BPF_JMP | BPF_JA, at + 1 + insn.k);
    if (BPF_SRC(insn.code) == BPF_X) {
      emit_jump(BPF_JMP32 | op | BPF_X, at + 1 + insn.jt, a_register, x_register);
    } else {
      emit_jump(BPF_JMP32 | op | BPF_K, at + 1 + insn.jt, a_register, 0, insn.k);
    }
    if (insn.jf != 0) emit_jump(BPF_JMP | BPF_JA, at + 1 + insn.jf);
  }

  void leave(const sock_filter& insn) {
    if (BPF_RVAL(insn.code) == BPF_A) {
      emit(BPF_ALU | BPF_MOV | BPF_X, BPF_REG_0, a_register);
    } else {
      emit(BPF_ALU | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, insn.k);
    }
    emit(BPF_JMP | BPF_EXIT);
  }

  std::span<const sock_filter> classic_;
  size_t start_;
  size_t loader_;
  std::vector<bpf_insn> code_;
  std::vector<size_t> places_;  // by classic instruction
  std::vector<Jump> jumps_;
};

// The subprogram that holds the placeholder, and the one that it calls.
struct Found {
  size_t start;
  size_t end;
  size_t loader;
};

std::optional<Found> find_placeholder(std::span<const bpf_insn> image) {
  constexpr auto low = static_cast<int32_t>(NT_EXPRESSION_PLACEHOLDER & 0xffffffff);
  size_t place = 0;
  while (place < image.size() && !(image[place].code == (BPF_LD | BPF_IMM | BPF_DW) &&
                                   image[place].src_reg == 0 && image[place].imm == low)) {
    ++place;
  }
  if (place == image.size()) return std::nullopt;
  Found found{0, image.size(), 0};
  for (size_t at = 0; at < image.size(); ++at) {
    if (!is_subprogram_call(image[at])) continue;
    const size_t target = callee(image[at], at);
    if (target <= place) {
      found.start = std::max(found.start, target);
    } else {
      found.end = std::min(found.end, target);
    }
    if (at > place && found.loader == 0) found.loader = target;
  }
  return found;
}

// Where what stands at `place` goes when another code takes the place of the found subprogram's.
size_t moved(size_t place, const Found& found, size_t code_size) {
  return place < found.end ? place : place - (found.end - found.start) + code_size;
}

}  // namespace

ProgramImage with_expression(ProgramImage image, std::span<const sock_filter> classic) {
  auto& [insns, functions] = image;
  const auto found = find_placeholder(insns);
  if (!found) return image;
  const auto translate = [&](size_t loader) {
    return Translator(classic, found->start, loader).run();
  };
  const size_t size = translate(found->loader).size();  // wherever the loader is
  const auto code = translate(moved(found->loader, *found, size));
  // Jumps stay within their subprogram.
  for (size_t at = 0; at < insns.size(); ++at) {
    if (!is_subprogram_call(insns[at])) continue;
    const size_t to = moved(callee(insns[at], at), *found, size);
    insns[at].imm = static_cast<int32_t>(static_cast<int64_t>(to) -
                                         static_cast<int64_t>(moved(at, *found, size)) - 1);
  }
  for (bpf_func_info& function : functions) {
    function.insn_off = static_cast<uint32_t>(moved(function.insn_off, *found, size));
  }
  const auto start = insns.begin() + static_cast<std::ptrdiff_t>(found->start);
  const auto end = insns.begin() + static_cast<std::ptrdiff_t>(found->end);
  insns.insert(insns.erase(start, end), code.begin(), code.end());
  return image;
}

}  // namespace nettrace
