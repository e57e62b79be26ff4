// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where the skb is among a function's or tracepoint's arguments, from the kernel's own type
// information.
#pragma once

#include <bpf/btf.h>

#include <memory>

#include "attach_plan.h"
#include "facts.h"

namespace nettrace {

struct Free {
  void operator()(btf* types) const { btf__free(types); }
};
using Btf = std::unique_ptr<btf, Free>;

// nullptr: the kernel has none. Takes a while: 5 MB are parsed.
Btf load_kernel_btf();

// `kernel`: its own types. Fills in_btf and the skb positions of `facts.functions`, and
// facts.tracepoints for those asked about. Functions of modules need the module's BTF (5.11 and
// later have it).
void read_btf(btf* kernel, const Questions& questions, KernelFacts& facts);

}  // namespace nettrace
