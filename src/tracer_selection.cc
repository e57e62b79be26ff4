// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A -t list -> leaves. A group's leaves are a range of the tree's.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "text.h"
#include "tracer_tree.h"

namespace nettrace {
namespace {

struct Range {
  size_t first = 0;
  size_t end = 0;
  bool is_leaf = false;
};
using Names = std::unordered_map<std::string_view, Range>;

// The outer of two groups of the same name comes first and stays.
void add_groups(const Group& group, Names& names) {
  names.try_emplace(group.name, Range{group.first_leaf, group.end_leaf, false});
  for (const Group& inner : group.groups) add_groups(inner, names);
}

Names names_of(const TracerTree& tree) {
  Names names;
  add_groups(tree.root, names);
  for (size_t i = 0; i < tree.leaves.size(); ++i) {
    names.try_emplace(tree.leaves[i].name, Range{i, i + 1, true});
  }
  return names;
}

Error unknown_tracer(const std::string& name, const Names& names) {
  std::vector<std::string_view> candidates;
  for (const auto& [candidate, range] : names) candidates.push_back(candidate);
  std::sort(candidates.begin(), candidates.end());
  const std::string hint = did_you_mean(name, candidates);
  return usage_error("unknown tracer " + in_quotes(name),
                     hint + (hint.empty() ? "" : " ") + "use -t '?' to see them");
}

std::vector<size_t> members(const std::vector<bool>& set) {
  std::vector<size_t> indexes;
  for (size_t i = 0; i < set.size(); ++i) {
    if (set[i]) indexes.push_back(i);
  }
  return indexes;
}

}  // namespace

Result<Selection> select(const TracerTree& tree, const std::vector<std::string>& names) {
  const Names known = names_of(tree);
  std::vector<bool> selected(tree.leaves.size());
  std::vector<bool> named(tree.leaves.size());
  for (const std::string& name : names) {
    const auto found = known.find(name);
    if (found == known.end()) return unknown_tracer(name, known);
    const Range& range = found->second;
    for (size_t i = range.first; i < range.end; ++i) selected[i] = true;
    if (range.is_leaf) named[range.first] = true;
  }
  return Selection{members(selected), members(named)};
}

Result<std::vector<bool>> select_stacks(const TracerTree& tree, const Selection& selection,
                                        const std::vector<std::string>& names) {
  std::vector<bool> traced(tree.leaves.size());
  for (const size_t leaf : selection.leaves) traced[leaf] = true;
  std::vector<bool> chosen(tree.leaves.size());
  for (const std::string& name : names) {
    const auto group = select(tree, {name});
    if (!group) return group.error();
    bool any = false;
    for (const size_t leaf : group->leaves) {
      if (!traced[leaf]) continue;
      chosen[leaf] = true;
      any = true;
    }
    if (!any) {
      return usage_error(
          fmt::format("--stack-tracer names {}, which is not traced", in_quotes(name)),
          "add it to -t");
    }
  }
  return chosen;
}

}  // namespace nettrace
