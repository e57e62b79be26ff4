// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A BPF program as the compiler and libbpf have made it, with its subprograms behind it.
#pragma once

#include <linux/bpf.h>

#include <vector>

namespace nettrace {

struct ProgramImage {
  std::vector<bpf_insn> insns;
  // Where each subprogram begins, in this order, and its BTF type; the program itself is the first
  // one. Empty where the kernel gets none.
  std::vector<bpf_func_info> functions;
};

inline bool is_subprogram_call(const bpf_insn& insn) {
  return insn.code == (BPF_JMP | BPF_CALL) && insn.src_reg == BPF_PSEUDO_CALL;
}

}  // namespace nettrace
