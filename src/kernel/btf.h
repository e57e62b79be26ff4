// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where the skb is among a function's or tracepoint's arguments, from the kernel's own type
// information.
#pragma once

#include "kernel/types.h"
#include "plan/fact_queries.h"
#include "plan/facts.h"

namespace nettrace {

// Fills in_btf and the skb positions of `facts.functions`, and
// facts.tracepoints for those asked about. Functions of modules need the module's BTF (5.11 and
// later have it).
void read_btf(KernelTypes& types, const FactQueries& queries, KernelFacts& facts);

}  // namespace nettrace
