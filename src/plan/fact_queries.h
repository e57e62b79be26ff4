// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What to ask the running kernel for, before there is a plan.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tracer/tree.h"

namespace nettrace {

// Names to look for in the kernel, each once: those of the leaves and of their successors. The
// kernel's facts are read for these only.
struct FactQueries {
  std::vector<std::string> functions;
  std::vector<std::string> patterns;     // leaves' regexes
  std::vector<std::string> tracepoints;  // "category:name"
  std::vector<std::string> types;        // of arguments that leaves list: "enum skb_drop_reason"
};
FactQueries queries(const TracerTree& tree, const std::vector<size_t>& leaves,
                    bool track_skbs = false);

}  // namespace nettrace
