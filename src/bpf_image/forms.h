// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which forms of BPF instructions there are, for whoever has to know what each of them does.
#pragma once

#include <linux/bpf.h>

namespace nettrace {

// The instruction is of one of the forms that clang makes of bpf/ and libbpf leaves, the first half
// of a wide one. Others may look like one of these: a long jump like a jump, the address of a
// function like a number, a load like a store.
bool is_known_form(const bpf_insn& insn);

}  // namespace nettrace
