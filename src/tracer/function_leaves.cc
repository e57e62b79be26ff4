// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/function_leaves.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "tracer/words.h"

namespace nettrace {
namespace {

using Names = std::vector<std::string>;

// Functions that the kernel calls when a tracepoint is hit. They would only repeat the tracepoint's
// line, once for each of its users: globs do not match them.
bool serves_tracepoint(std::string_view name) {
  constexpr std::string_view prefixes[] = {"__bpf_trace_", "__traceiter_", "__probestub_",
                                           "perf_trace_", "trace_event_raw_event_"};
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Why a word that selects nothing does so.
Error untraceable(const TracerWord& word, const FunctionNames& functions,
                  const TracerNames& names) {
  if (contains(functions.without_skb, word.text)) {
    return usage_error(fmt::format("the function {} has no skb among its arguments", word.text),
                       "-t takes functions with a struct sk_buff * or **");
  }
  if (contains(functions.undescribed, word.text)) {
    return usage_error(
        fmt::format("this kernel's BTF does not describe the function {}", word.text),
        "a leaf of a tracer.json can say which argument is its skb");
  }
  return names.unknown(word, functions.with_skb);
}

// Adds the functions that a word selects and the tree lacks. An error if it selects nothing.
std::optional<Error> collect(const TracerWord& word, const TracerNames& names,
                             const FunctionNames& functions, std::set<std::string>& added) {
  if (names.find(word.text) != nullptr) return std::nullopt;
  bool any = !names.leaves(word).empty();
  for (const std::string& function : functions.with_skb) {
    const bool is_selected = word.is_glob ? !serves_tracepoint(function) && word.matches(function)
                                          : function == word.text;
    if (!is_selected || function.size() > max_name_length) continue;
    any = true;
    if (names.find(function) == nullptr) added.insert(function);
  }
  if (any) return std::nullopt;
  return untraceable(word, functions, names);
}

std::string free_name(const TracerNames& names) {
  std::string name = "functions";
  while (names.find(name) != nullptr) name.insert(0, "other-");
  return name;
}

// Appends a group of these functions to the tree.
void add_group(const std::set<std::string>& functions, std::string name, TracerTree& tree) {
  Group group{.name = std::move(name),
              .desc = "functions of the kernel that -t chose",
              .visual = true,
              .first_leaf = tree.leaves.size(),
              .end_leaf = tree.leaves.size() + functions.size(),
              .groups = {},
              .children = {}};
  for (const std::string& function : functions) {
    group.children.push_back({.is_group = false, .index = tree.leaves.size()});
    Leaf leaf;
    leaf.name = function;
    leaf.module = group.name;
    tree.leaves.push_back(std::move(leaf));
  }
  tree.root.end_leaf = group.end_leaf;
  tree.root.children.push_back({.is_group = true, .index = tree.root.groups.size()});
  tree.root.groups.push_back(std::move(group));
}

}  // namespace

bool names_functions(const TracerTree& tree, const std::vector<std::string>& words) {
  const TracerNames names(tree);
  return std::any_of(words.begin(), words.end(), [&](const std::string& text) {
    const TracerWord word(text);
    if (names.find(word.text) != nullptr) return false;
    return !word.excludes || names.leaves(word).empty();
  });
}

std::vector<std::string> function_words(const TracerTree& tree,
                                        const std::vector<std::string>& words) {
  const TracerNames names(tree);
  std::vector<std::string> result;
  for (const std::string& text : words) {
    TracerWord word(text);
    if (!word.is_glob && names.find(word.text) == nullptr) result.push_back(std::move(word.text));
  }
  return result;
}

Result<TracerTree> add_function_leaves(TracerTree tree, const std::vector<std::string>& words,
                                       const FunctionNames& functions) {
  std::set<std::string> added;
  std::string group_name;
  {
    const TracerNames names(tree);  // which refers to the tree's strings
    for (const std::string& word : words) {
      if (auto error = collect(TracerWord(word), names, functions, added)) return *error;
    }
    group_name = free_name(names);
  }
  if (added.empty()) return tree;
  if (tree.leaves.size() + added.size() > max_leaves) {
    return usage_error(fmt::format("-t selects more than {} functions", max_leaves),
                       "select fewer");
  }
  add_group(added, std::move(group_name), tree);
  return tree;
}

}  // namespace nettrace
