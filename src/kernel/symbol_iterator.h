// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel's symbols by a BPF iterator (6.0). /proc/kallsyms prints all of them as text, which
// takes longer than all else that a start does; the iterator hands on functions only, as they are.
#pragma once

#include <bpf/btf.h>

#include <cstdint>

#include "base/fd.h"

namespace nettrace {

// What the iterator writes of a symbol: this, its name and a 0; with has_module, the module's name
// and a 0.
struct __attribute__((packed)) IteratedSymbol {
  uint64_t address;
  char type;  // as nm(1) prints it; of a module's symbol, in either case
  char has_module;
  char is_exported;  // of a module's symbol
};

// To be read like a file: functions, and those variables that symbols.cc looks for among
// some more. `types`: the running kernel's own. None where the kernel or the user cannot.
Fd open_symbol_iterator(const btf* types);

}  // namespace nettrace
