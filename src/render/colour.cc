// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/colour.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

constexpr std::string_view words[] = {"auto", "always", "never"};  // as enum ColourWhen has them

// The terminal's sixteen but black, the background's, and red and green, which are verdicts. As
// many as the built-in tree has layers, neighbours unlike each other.
constexpr std::string_view layer_attributes[] = {"\033[36m", "\033[90m", "\033[35m",     "\033[33m",
                                                 "\033[34m", "\033[94m", "\033[96m",     "\033[92m",
                                                 "\033[93m", "\033[95m", attributes::dim};

bool drops(const Leaf& leaf) {
  constexpr std::string_view names[] = {"kfree_skb", "kfree_skb_reason", "sk_skb_reason_drop"};
  return leaf.tracepoint == "skb:kfree_skb" ||
         std::find(std::begin(names), std::end(names), leaf.name) != std::end(names);
}

}  // namespace

Result<ColourWhen> parse_colour_when(std::string_view word) {
  const auto* const found = std::find(std::begin(words), std::end(words), word);
  if (found == std::end(words)) {
    return usage_error(fmt::format("--color {} is not known", in_quotes(word)),
                       fmt::format("--color takes {}", fmt::join(words, ", ")));
  }
  return static_cast<ColourWhen>(found - std::begin(words));
}

std::string colour_words() { return fmt::format("{}", fmt::join(words, "|")); }

std::vector<std::string_view> function_attributes(const TracerTree& tree) {
  std::vector<std::string_view> by_leaf(tree.leaves.size(), attributes::bold);
  size_t layer = 0;
  for (const Group& group : tree.root.groups) {
    if (layer == std::size(layer_attributes)) break;  // all-functions, and what a user adds
    std::fill(by_leaf.begin() + static_cast<std::ptrdiff_t>(group.first_leaf),
              by_leaf.begin() + static_cast<std::ptrdiff_t>(group.end_leaf),
              layer_attributes[layer++]);
  }
  for (size_t leaf = 0; leaf < by_leaf.size(); ++leaf) {
    if (drops(tree.leaves[leaf])) by_leaf[leaf] = attributes::bad;
  }
  return by_leaf;
}

}  // namespace nettrace
