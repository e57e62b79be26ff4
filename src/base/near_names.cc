// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// First the names within a few typing errors (optimal string alignment: a swap of two neighbours is
// one error), then those that contain the word or are contained in it.
#include "base/near_names.h"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>

#include "base/foreign_text.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr size_t longest_name = 128;  // no kernel symbol or option is longer; bounds the work
constexpr size_t shortest_part = 3;   // fewer letters are part of nearly every name
constexpr size_t max_suggestions = 3;

// Number of insertions, deletions, replacements and swaps of neighbours; nothing above `limit`.
std::optional<size_t> edit_distance(std::string_view a, std::string_view b, size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return std::nullopt;
  using Row = std::array<size_t, longest_name + 1>;
  Row before_last{}, last{}, current{};
  for (size_t j = 0; j <= b.size(); ++j) current[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = current;
    current[0] = i;
    size_t best = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
      best = std::min(best, current[j]);
    }
    if (best > limit) return std::nullopt;
  }
  if (current[b.size()] > limit) return std::nullopt;
  return current[b.size()];
}

size_t common_prefix(std::string_view a, std::string_view b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  return static_cast<size_t>(end - a.begin());
}

// Smaller is nearer; the order of the members is the order of their weight.
struct Rank {
  size_t errors;  // typing errors; more than the limit for a mere part
  size_t length_difference;
  size_t unlike;  // letters of the word behind the common start
  size_t table_position;

  auto operator<=>(const Rank&) const = default;  // NOLINT(modernize-use-nullptr): clang 14 errs
};

std::optional<Rank> rank(std::string_view word, std::string_view candidate, size_t position) {
  const size_t limit = std::clamp<size_t>(word.size() / 3, 1, 3);
  const size_t difference =
      std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
  const size_t unlike = word.size() - common_prefix(word, candidate);
  if (const auto errors = edit_distance(word, candidate, limit)) {
    // A name that shares nothing with the word is no correction of it: "x" is not "y".
    if (*errors >= std::max(word.size(), candidate.size())) return std::nullopt;
    return Rank{*errors, difference, unlike, position};
  }
  const std::string_view shorter = word.size() < candidate.size() ? word : candidate;
  const std::string_view longer = word.size() < candidate.size() ? candidate : word;
  const size_t found = longer.find(shorter);
  if (shorter.size() < shortest_part || found == std::string_view::npos) return std::nullopt;
  return Rank{limit + (found == 0 ? 1 : 2), difference, unlike, position};
}

}  // namespace

std::vector<std::string> nearest(std::string_view word,
                                 std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest_name) return {};
  const std::string lower_word = lower_case(word);
  std::vector<Rank> near;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].empty() || candidates[i].size() > longest_name) continue;
    const auto candidate = rank(lower_word, lower_case(candidates[i]), i);
    if (!candidate) continue;
    near.insert(std::upper_bound(near.begin(), near.end(), *candidate), *candidate);
    if (near.size() > max_suggestions) near.pop_back();
  }
  std::vector<std::string> names;
  names.reserve(near.size());
  for (const Rank& candidate : near) names.emplace_back(candidates[candidate.table_position]);
  return names;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::vector<std::string> names = nearest(word, candidates);
  if (names.empty()) return {};
  std::string question = "did you mean ";
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) question += i + 1 == names.size() ? " or " : ", ";
    append_printable(names[i], question);
  }
  return question + "?";
}

}  // namespace nettrace
