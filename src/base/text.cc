// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Near names: first those within a few typing errors (optimal string alignment: a swap of two
// neighbours is one error), then those that contain the word or are contained in it.
#include "base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <iterator>
#include <optional>

#include "base/digits.h"

namespace nettrace {
namespace {

constexpr size_t longest_name = 128;  // no kernel symbol or option is longer; bounds the work
constexpr size_t shortest_part = 3;   // fewer letters are part of nearly every name
constexpr size_t max_suggestions = 3;
constexpr size_t max_quoted_bytes = 80;

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

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (;;) {
    const size_t end = text.find(separator);
    pieces.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

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

size_t utf8_length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
  const bool surrogate = first == 0xed && byte(1) >= 0xa0;
  const bool beyond_unicode = first == 0xf4 && byte(1) >= 0x90;
  return overlong || surrogate || beyond_unicode ? 0 : length;
}

size_t count_characters(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  }));
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7f;
  return first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
}

std::optional<uint64_t> parse_number(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, hex ? 16 : 10);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc() ? number : UINT64_MAX;
}

std::string counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void append_number(uint64_t number, std::string& out) {
  char text[max_digits];
  out.append(text, static_cast<size_t>(put_number(number, text) - text));
}

void append_number(uint64_t number, size_t width, std::string& out) {
  const size_t length = digits::count(number);
  if (length < width) out.append(width - length, '0');
  append_number(number, out);
}

void append_hex(uint64_t number, std::string& out) {
  char text[max_hex_digits];
  out.append(text, static_cast<size_t>(put_hex(number, text) - text));
}

void append_lines(std::span<const std::string> lines, size_t most, std::string& out) {
  const size_t left_out = lines.size() > most ? lines.size() - (most - 1) : 0;
  for (const std::string& line : lines.first(lines.size() - left_out)) {
    out += line;
    out += '\n';
  }
  if (left_out > 0) out += fmt::format("… {} more\n", left_out);
}

void append_printable(std::string_view foreign, std::string& out) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::all_of(foreign.begin(), foreign.end(), is_plain)) {
    out += foreign;
    return;
  }
  while (!foreign.empty()) {
    const size_t length = utf8_length(foreign);
    const std::string_view character = foreign.substr(0, std::max<size_t>(length, 1));
    if (length == 0 || is_control(character)) {
      out += '?';
    } else {
      out += character;
    }
    foreign.remove_prefix(character.size());
  }
}

std::string in_quotes(std::string_view foreign) {
  std::string out = "'";
  const bool cut = foreign.size() > max_quoted_bytes;
  append_printable(foreign.substr(0, max_quoted_bytes), out);
  return out + (cut ? "...'" : "'");
}

}  // namespace nettrace
