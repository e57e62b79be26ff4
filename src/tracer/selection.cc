// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A -t list -> leaves.
#include <fmt/core.h>

#include "base/foreign_text.h"
#include "tracer/tree.h"
#include "tracer/words.h"

namespace nettrace {
namespace {

std::vector<size_t> members(const std::vector<bool>& set) {
  std::vector<size_t> indexes;
  for (size_t i = 0; i < set.size(); ++i) {
    if (set[i]) indexes.push_back(i);
  }
  return indexes;
}

Error not_traced(const TracerWord& word) {
  return usage_error(
      fmt::format("--stack-tracer names {}, which is not traced", in_quotes(word.text)),
      "add it to -t");
}

}  // namespace

Result<Selection> select(const TracerTree& tree, const std::vector<std::string>& words) {
  const TracerNames names(tree);
  std::vector<bool> selected(tree.leaves.size());
  std::vector<bool> excluded(tree.leaves.size());
  std::vector<bool> named(tree.leaves.size());
  for (const std::string& text : words) {
    const TracerWord word(text);
    const auto leaves = names.leaves(word);
    const auto* const range = names.find(word.text);
    if (leaves.empty() && range == nullptr) return names.unknown(word);
    for (const size_t leaf : leaves) (word.excludes ? excluded : selected)[leaf] = true;
    if (range != nullptr && range->is_leaf && !word.excludes) named[range->first] = true;
  }
  for (size_t leaf = 0; leaf < excluded.size(); ++leaf) {
    if (excluded[leaf]) selected[leaf] = named[leaf] = false;
  }
  Selection selection{members(selected), members(named)};
  if (selection.leaves.empty() && !members(excluded).empty()) {
    return usage_error("-t excludes all that it names", "name more, or exclude less");
  }
  return selection;
}

Result<std::vector<bool>> select_stacks(const TracerTree& tree, const Selection& selection,
                                        const std::vector<std::string>& words) {
  const TracerNames names(tree);
  std::vector<bool> traced(tree.leaves.size());
  for (const size_t leaf : selection.leaves) traced[leaf] = true;
  std::vector<bool> stacks(tree.leaves.size());
  std::vector<bool> excluded(tree.leaves.size());
  for (const std::string& text : words) {
    const TracerWord word(text);
    const auto leaves = names.leaves(word);
    if (leaves.empty() && names.find(word.text) == nullptr) return names.unknown(word);
    bool any = word.excludes;
    for (const size_t leaf : leaves) {
      if (!traced[leaf]) continue;
      (word.excludes ? excluded : stacks)[leaf] = true;
      any = true;
    }
    if (!any) return not_traced(word);
  }
  for (size_t leaf = 0; leaf < excluded.size(); ++leaf) {
    if (excluded[leaf]) stacks[leaf] = false;
  }
  return stacks;
}

}  // namespace nettrace
