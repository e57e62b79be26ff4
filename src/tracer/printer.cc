// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The tree in the original nettrace's format: four blanks a level, groups with their description.
#include <fmt/core.h>

#include "base/append_format.h"
#include "tracer/tree.h"

namespace nettrace {
namespace {

constexpr size_t indent = 4;
constexpr size_t rule_length = 51;

void append_leaf(const Leaf& leaf, const std::string& mark, size_t level, std::string& out) {
  if (leaf.hidden) return;
  append_format(out, "{:{}}{}{}{}{}\n", "", level * indent, leaf.name, mark.empty() ? "" : " (",
                mark, mark.empty() ? "" : ")");
}

void append_group(const TracerTree& tree, const Group& group,
                  const std::vector<std::string>& missing, size_t level, std::string& out) {
  if (group.hidden) return;
  append_format(out, "{:{}}{}:{}{}\n", "", level * indent, group.name,
                group.desc.empty() ? "" : " ", group.desc);
  for (const auto& [is_group, index] : group.children) {
    if (is_group) {
      append_group(tree, group.groups[index], missing, level + 1, out);
    } else {
      append_leaf(tree.leaves[index], index < missing.size() ? missing[index] : "", level + 1, out);
    }
  }
}

}  // namespace

std::string print_tree(const TracerTree& tree, const std::vector<std::string>& missing) {
  std::string out = fmt::format("available tracer:\n{:->{}}\n\n", "", rule_length);
  append_group(tree, tree.root, missing, 0, out);
  return out;
}

}  // namespace nettrace
