// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Instructions of BPF programs, by the names of linux/bpf.h.
#pragma once

#include <linux/bpf.h>

namespace nettrace::test {

inline bpf_insn insn(int code, unsigned dst = 0, unsigned src = 0, int off = 0, int imm = 0) {
  bpf_insn made{};
  made.code = static_cast<__u8>(code);
  made.dst_reg = static_cast<__u8>(dst) & 0xf;
  made.src_reg = static_cast<__u8>(src) & 0xf;
  made.off = static_cast<__s16>(off);
  made.imm = imm;
  return made;
}

}  // namespace nettrace::test
