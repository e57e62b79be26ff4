// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/words.h"

#include <fnmatch.h>

#include <algorithm>

#include "base/foreign_text.h"
#include "base/near_names.h"

namespace nettrace {

TracerWord::TracerWord(std::string_view word)
    : text(word.substr(word.starts_with('!') ? 1 : 0)),
      excludes(word.starts_with('!')),
      is_glob(text.find_first_of("*?[") != std::string::npos) {}

bool TracerWord::matches(const std::string& name) const {
  return fnmatch(text.c_str(), name.c_str(), 0) == 0;
}

bool is_everything(std::string_view word) {
  const bool is_wild = word.find_first_not_of("*?") == std::string_view::npos;
  return word == "all" || (is_wild && word.find('*') != std::string_view::npos);
}

TracerNames::TracerNames(const TracerTree& tree) : tree_(tree) {
  add_groups(tree.root);
  for (size_t i = 0; i < tree.leaves.size(); ++i) {
    names_.try_emplace(tree.leaves[i].name, Range{i, i + 1, true});
  }
}

// Of two groups with the same name, the outer one comes first, and try_emplace() keeps it.
void TracerNames::add_groups(const Group& group) {
  names_.try_emplace(group.name, Range{group.first_leaf, group.end_leaf, false});
  for (const Group& inner : group.groups) add_groups(inner);
}

const TracerNames::Range* TracerNames::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

std::vector<size_t> TracerNames::leaves(const TracerWord& word) const {
  std::vector<size_t> result;
  const Range* const range = find(word.text);
  if (range == nullptr && !word.is_glob) return result;
  const size_t end = range != nullptr ? range->end : tree_.leaves.size();
  for (size_t i = range != nullptr ? range->first : 0; i < end; ++i) {
    if (range != nullptr || word.matches(tree_.leaves[i].name)) result.push_back(i);
  }
  return result;
}

Error TracerNames::unknown(const TracerWord& word, const std::vector<std::string>& others) const {
  constexpr const char* see_tree = "use -t '?' to see them";
  if (word.is_glob) {
    return usage_error("no function that handles packets matches " + in_quotes(word.text),
                       std::string("-t '?' shows those of the tree"));
  }
  std::vector<std::string_view> candidates(others.begin(), others.end());
  for (const auto& [candidate, range] : names_) candidates.push_back(candidate);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  const std::string hint = did_you_mean(word.text, candidates);
  return usage_error("unknown tracer " + in_quotes(word.text),
                     hint + (hint.empty() ? "" : " ") + see_tree);
}

}  // namespace nettrace
