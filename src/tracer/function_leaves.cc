// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/function_leaves.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "tracer/words.h"

namespace nettrace {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

// What the kernel calls when a tracepoint is hit: for each of its users, another line of the same
// packet. Globs leave them out.
bool serves_tracepoint(std::string_view name) {
  constexpr std::string_view prefixes[] = {"__bpf_trace_", "__traceiter_", "__probestub_",
                                           "perf_trace_", "trace_event_raw_event_"};
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Why a name that is there cannot be traced.
Error unfit(const TracerWord& word, const FunctionNames& functions, const TracerNames& names) {
  if (holds(functions.without_skb, word.text)) {
    return usage_error(fmt::format("the function {} has no skb among its arguments", word.text),
                       "-t takes functions with a struct sk_buff * or **");
  }
  if (holds(functions.undescribed, word.text)) {
    return usage_error(
        fmt::format("this kernel's BTF does not describe the function {}", word.text),
        "a leaf of a tracer.json can say which argument is its skb");
  }
  return names.unknown(word, functions.with_skb);
}

// What one word adds, or that it names nothing.
std::optional<Error> collect(const TracerWord& word, const TracerNames& names,
                             const FunctionNames& functions, std::set<std::string>& added) {
  if (names.find(word.text) != nullptr) return std::nullopt;
  bool any = !names.leaves(word).empty();
  for (const std::string& function : functions.with_skb) {
    const bool is_meant = word.is_glob ? !serves_tracepoint(function) && word.matches(function)
                                       : function == word.text;
    if (!is_meant) continue;
    any = true;
    if (names.find(function) == nullptr) added.insert(function);
  }
  if (any) return std::nullopt;
  return unfit(word, functions, names);
}

std::string free_name(const TracerNames& names) {
  std::string name = "functions";
  while (names.find(name) != nullptr) name.insert(0, "other-");
  return name;
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

// The tree is written and parsed anew, so that a recording, which keeps its text, has them, too.
Result<TracerTree> add_function_leaves(TracerTree tree, const std::vector<std::string>& words,
                                       const FunctionNames& functions) {
  const TracerNames names(tree);
  std::set<std::string> added;
  for (const std::string& word : words) {
    if (auto error = collect(TracerWord(word), names, functions, added)) return *error;
  }
  if (added.empty()) return tree;
  json root = json::parse(tree.json);
  root["children"].push_back({{"name", free_name(names)},
                              {"desc", "functions of the kernel that -t chose"},
                              {"visual", true},
                              {"children", added}});
  return parse_tracer_tree(root.dump(), "the tree with the kernel's functions");
}

}  // namespace nettrace
