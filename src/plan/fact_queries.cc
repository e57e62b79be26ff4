// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/fact_queries.h"

#include <set>
#include <string_view>
#include <unordered_map>

#include "plan/tracking_hooks.h"

namespace nettrace {

FactQueries queries(const TracerTree& tree, const std::vector<size_t>& leaves, bool track_skbs) {
  std::unordered_map<std::string_view, size_t> by_name;
  for (size_t i = 0; i < tree.leaves.size(); ++i) by_name.emplace(tree.leaves[i].name, i);
  std::vector<bool> asked(tree.leaves.size());
  std::set<std::string> patterns;
  std::set<std::string> tracepoints;
  std::set<std::string> types;
  FactQueries result;
  for (size_t leaf : leaves) {
    while (!asked[leaf]) {
      asked[leaf] = true;
      const Leaf& subject = tree.leaves[leaf];
      for (const LeafArgument& argument : subject.args) types.insert(argument.type);
      if (subject.type == LeafType::tracepoint) {
        tracepoints.insert(subject.tracepoint);
      } else {
        result.functions.push_back(subject.name);
        if (!subject.regex.empty()) patterns.insert(subject.regex);
      }
      const auto successor = by_name.find(subject.instead);
      if (successor != by_name.end()) leaf = successor->second;
    }
  }
  if (track_skbs) {
    for (const TrackingHook& hook : all_tracking_hooks())
      result.functions.emplace_back(hook.symbol);
  }
  result.patterns.assign(patterns.begin(), patterns.end());
  result.tracepoints.assign(tracepoints.begin(), tracepoints.end());
  result.types.assign(types.begin(), types.end());
  return result;
}

}  // namespace nettrace
