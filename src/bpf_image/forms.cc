// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// RFC 9669, and linux/bpf.h for what that leaves to the kernel.
#include "bpf_image/forms.h"

namespace nettrace {
namespace {

// Sign-extending moves and signed divisions have an offset; so has BPF_ADDR_SPACE_CAST.
bool is_known_computation(const bpf_insn& insn) {
  const auto op = BPF_OP(insn.code);
  if (op > BPF_END) return false;
  if (insn.off == 0) return true;
  if (op == BPF_DIV || op == BPF_MOD) return insn.off == 1;
  return op == BPF_MOV && (insn.off == 8 || insn.off == 16 || insn.off == 32);
}

// BPF_PSEUDO_FUNC and what libbpf replaces are not among them.
bool is_known_constant(const bpf_insn& insn) {
  return insn.code == (BPF_LD | BPF_IMM | BPF_DW) && insn.src_reg <= BPF_PSEUDO_BTF_ID;
}

bool is_known_load(const bpf_insn& insn) {
  constexpr int sign_extending = 0x80;  // BPF_MEMSX, 6.6
  const auto mode = BPF_MODE(insn.code);
  return mode == BPF_MEM || mode == sign_extending;
}

// The load with acquire and the store with release (6.15) are atomic operations by their code.
bool is_known_store(const bpf_insn& insn) {
  if (BPF_MODE(insn.code) == BPF_MEM) return true;
  if (BPF_MODE(insn.code) != BPF_ATOMIC) return false;
  switch (insn.imm) {
    case BPF_ADD:
    case BPF_ADD | BPF_FETCH:
    case BPF_OR:
    case BPF_OR | BPF_FETCH:
    case BPF_AND:
    case BPF_AND | BPF_FETCH:
    case BPF_XOR:
    case BPF_XOR | BPF_FETCH:
    case BPF_XCHG:
    case BPF_CMPXCHG:
      return true;
    default:
      return false;
  }
}

// `gotol`, `gotox` and `may_goto` (6.6, 6.17, 6.9) are not among them.
bool is_known_jump(const bpf_insn& insn) {
  const bool is_32 = BPF_CLASS(insn.code) == BPF_JMP32;
  switch (BPF_OP(insn.code)) {
    case BPF_JA:
      return !is_32 && BPF_SRC(insn.code) == BPF_K && insn.imm == 0;
    case BPF_CALL:
      return !is_32 && BPF_SRC(insn.code) == BPF_K && insn.src_reg <= BPF_PSEUDO_KFUNC_CALL;
    case BPF_EXIT:
      return !is_32;
    default:
      return BPF_OP(insn.code) <= BPF_JSLE;
  }
}

}  // namespace

bool is_known_form(const bpf_insn& insn) {
  switch (BPF_CLASS(insn.code)) {
    case BPF_LD:
      return is_known_constant(insn);
    case BPF_LDX:
      return is_known_load(insn);
    case BPF_ST:
      return BPF_MODE(insn.code) == BPF_MEM;
    case BPF_STX:
      return is_known_store(insn);
    case BPF_JMP:
    case BPF_JMP32:
      return is_known_jump(insn);
    default:
      return is_known_computation(insn);
  }
}

}  // namespace nettrace
