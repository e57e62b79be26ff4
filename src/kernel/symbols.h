// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the running kernel's symbol table answers.
#pragma once

#include <bpf/btf.h>

#include "event/symbol_table.h"
#include "plan/fact_queries.h"
#include "plan/facts.h"

namespace nettrace {

// Fills facts.functions with those asked about, and the addresses of variables. Needs no
// privileges: without them the kernel hides the addresses, not the names. With `types`, the running
// kernel's own, an iterator is tried first, which takes privileges.
void read_symbols(const FactQueries& queries, const btf* types, KernelFacts& facts);

// All functions, by address; empty where the kernel hides the addresses from this user.
SymbolTable read_symbol_table();

}  // namespace nettrace
