// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Any text as tracer.json, through everything that is done with a tree before a kernel is touched.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "plan/attach_plan.h"
#include "plan/fact_queries.h"
#include "plan/missing_leaves.h"
#include "tracer/tree.h"

using namespace nettrace;

namespace {

// A kernel that has everything asked for, and one function more.
KernelFacts facts_for(const FactQueries& queries) {
  KernelFacts facts;
  facts.functions["ip_rcv.part.0"] = {};
  for (const auto& name : queries.functions) facts.functions[name] = {};
  for (const auto& name : queries.tracepoints) facts.tracepoints[name].skb_arg = 0;
  return facts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tree = parse_tracer_tree(text, "fuzz");
  if (!tree) {
    if (tree.error().what.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const auto selection = select(*tree, {"all"});
  if (!selection || selection->leaves.size() != tree->leaves.size()) std::abort();
  const AttachPlan plan =
      make_plan(*tree, *selection, facts_for(queries(*tree, selection->leaves)));
  (void)describe_missing(*tree, *selection, plan, true);
  (void)print_tree(*tree, {});
  const std::string written = write_tracer_tree(*tree);
  const auto again = parse_tracer_tree(written, "written");
  if (!again || write_tracer_tree(*again) != written) std::abort();
  return 0;
}
