// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/missing_leaves.h"

#include <fmt/format.h>

#include <algorithm>

namespace nettrace {
namespace {

std::string sentence(const TracerTree& tree, const MissingLeaf& missing) {
  const Leaf& leaf = tree.leaves[missing.leaf];
  const std::string owner =
      leaf.tracepoint.empty() ? leaf.name : fmt::format("{} ({})", leaf.name, leaf.tracepoint);
  return fmt::format("{} is {}{}{}", owner, missing.reason, missing.instead.empty() ? "" : ": use ",
                     missing.instead);
}

// "12 of 170 functions are not in this kernel".
std::string count(const Selection& selection, const std::vector<MissingLeaf>& missing) {
  const bool all_absent = std::all_of(missing.begin(), missing.end(), [](const MissingLeaf& leaf) {
    return leaf.reason == not_in_kernel;
  });
  const char* verb = missing.size() == 1 ? "is " : "are ";
  return fmt::format(
      "{} of {} functions {}", missing.size(), selection.leaves.size(),
      all_absent ? std::string(verb).append(not_in_kernel) : "cannot be traced in this kernel");
}

}  // namespace

std::vector<std::string> describe_missing(const TracerTree& tree, const Selection& selection,
                                          const AttachPlan& plan, bool verbose) {
  std::vector<std::string> sentences;
  std::vector<MissingLeaf> all = plan.missing;
  std::stable_partition(all.begin(), all.end(), [](const MissingLeaf& missing) {
    return missing.reason != not_in_kernel;  // of what is there, more can be said
  });
  for (const MissingLeaf& missing : all) {
    const auto& named = selection.named;
    if (verbose || std::find(named.begin(), named.end(), missing.leaf) != named.end()) {
      sentences.push_back(sentence(tree, missing));
    }
  }
  // A count says nothing new where the user named all that is missing.
  const bool needs_count = verbose ? sentences.size() > 1 : sentences.size() < plan.missing.size();
  if (!needs_count) return sentences;
  sentences.insert(sentences.begin(),
                   count(selection, plan.missing) + (verbose ? "" : " (-v lists them)"));
  return sentences;
}

}  // namespace nettrace
