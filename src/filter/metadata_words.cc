// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "filter/metadata_words.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "base/foreign_text.h"
#include "base/number_text.h"
#include "nettrace/record.h"

namespace nettrace {
namespace {

std::optional<uint32_t> parse_word(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number > std::numeric_limits<uint32_t>::max()) return std::nullopt;
  return static_cast<uint32_t>(*number);
}

// "4026531840", or "net:[4026531840]" as the links in /proc/PID/ns are written.
std::optional<uint32_t> parse_inode(std::string_view word) {
  constexpr std::string_view prefix = "net:[";
  if (word.starts_with(prefix) && word.ends_with(']')) {
    word = word.substr(prefix.size(), word.size() - prefix.size() - 1);
  }
  const auto number = parse_word(word);
  return number && *number > max_pid ? number : std::nullopt;
}

// As the kernel's dev_valid_name() has it.
bool is_device_name(std::string_view word) {
  return word.size() < NT_NAME_BYTES && word != "." && word != ".." &&
         std::none_of(word.begin(), word.end(), [](char c) {
           return c == '/' || c == ':' || c == ' ' || (c >= '\t' && c <= '\r');
         });
}

std::optional<Error> read_device(const std::string& word, Filter& filter) {
  if (!is_device_name(word)) {
    return usage_error(fmt::format("{} cannot be the name of an interface", in_quotes(word)),
                       "--if takes one that ip link shows");
  }
  filter.device = word;
  return std::nullopt;
}

std::optional<Error> read_pid(const std::string& word, Filter& filter) {
  filter.pid = parse_word(word);
  if (filter.pid && *filter.pid <= max_pid) return std::nullopt;
  return usage_error(
      fmt::format("{} is not the number of a process", in_quotes(word)),
      fmt::format("--pid takes one from 0, the idle process, to {}; pgrep finds it by name",
                  max_pid));
}

std::optional<Error> read_mark(std::string_view word, Filter& filter) {
  const size_t slash = word.find('/');
  const auto value = parse_word(word.substr(0, slash));
  const auto mask = slash == std::string_view::npos ? std::numeric_limits<uint32_t>::max()
                                                    : parse_word(word.substr(slash + 1));
  if (!value || !mask) {
    return usage_error(fmt::format("{} is not a mark", in_quotes(word)),
                       "--mark takes VALUE or VALUE/MASK of 32 bits, such as 7 or 0x10/0xf0");
  }
  if (*mask == 0) {
    return usage_error(fmt::format("the mask of --mark {} leaves every packet", word),
                       "leave out --mark");
  }
  if (*value & ~*mask) {
    return usage_error(fmt::format("no packet can match --mark {}", word),
                       fmt::format("its value has bits that its mask takes away: {:#x}/{:#x}",
                                   *value & *mask, *mask));
  }
  filter.mark = Mark{.value = *value, .mask = *mask};
  return std::nullopt;
}

std::optional<Error> read_len(std::string_view word, Filter& filter) {
  constexpr uint32_t max = std::numeric_limits<uint32_t>::max();
  const size_t colon = word.find(':');
  const std::string_view left = word.substr(0, colon);
  const std::string_view right = colon == std::string_view::npos ? left : word.substr(colon + 1);
  const auto min = left.empty() ? 0 : parse_word(left);
  const auto greatest = right.empty() ? max : parse_word(right);
  if (!min || !greatest || (left.empty() && right.empty())) {
    return usage_error(fmt::format("{} is not a range of lengths", in_quotes(word)),
                       "--len takes bytes, 32 bits of them at most: 84, 1000:1500, 1000: or :99");
  }
  if (*min > *greatest) {
    return usage_error(fmt::format("no packet can match --len {}", word),
                       fmt::format("the smaller length comes first: {}:{}", *greatest, *min));
  }
  filter.len = LengthRange{.min = *min, .max = *greatest};
  return std::nullopt;
}

}  // namespace

std::optional<Error> read_metadata_words(const FilterWords& words, Filter& filter) {
  if (words.netns) {
    filter.netns = words.netns;
    filter.netns_inode = parse_inode(*words.netns);
  }
  if (words.device) {
    if (auto error = read_device(*words.device, filter)) return error;
  }
  if (words.pid) {
    if (auto error = read_pid(*words.pid, filter)) return error;
  }
  if (words.mark) {
    if (auto error = read_mark(*words.mark, filter)) return error;
  }
  if (words.len) return read_len(*words.len, filter);
  return std::nullopt;
}

}  // namespace nettrace
