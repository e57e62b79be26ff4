// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reads facts.h's values from the running kernel. Nothing here changes the kernel; what cannot be
// read is left at its default.
#pragma once

#include <future>

#include "kernel/types.h"
#include "plan/fact_queries.h"
#include "plan/facts.h"
#include "tracer/function_leaves.h"

namespace nettrace {

// Works without privileges; what only root can ask is then `probing_denied`.
Features read_features(KernelTypes& types);

// /proc/kallsyms, being read in another thread: printing it takes the kernel longer than all else
// that is asked of it.
class PendingSymbols {
 public:
  // `queries` and `types` outlive this.
  PendingSymbols(const FactQueries& queries, KernelTypes& types);

  // Adds what was found. Once.
  void take(KernelFacts& facts);

 private:
  const FactQueries& queries_;
  const btf* types_;  // nullptr: not the running kernel's own
  std::future<KernelFacts> read_;
};

// Where the functions and tracepoints that were asked about are, and where their skb is.
KernelFacts read_kernel_facts(const FactQueries& queries, PendingSymbols& symbols,
                              const Features& features, KernelTypes& types);
KernelFacts read_kernel_facts(const FactQueries& queries, KernelTypes& types);

// Fills Function::closed from ftrace's list, where tracefs is in reach. The kernel takes a while to
// write it.
void find_closed_functions(KernelFacts& facts);

// All functions with an skb, and of those asked about what else is known.
FunctionNames read_function_names(KernelTypes& types, const std::vector<std::string>& asked);

}  // namespace nettrace
