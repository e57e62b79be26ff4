// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// CLI11 finds options and values among the words; every message is here.
#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <utility>

#include "base/foreign_text.h"
#include "base/near_names.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr const char* see_help = "see nettrace -h";

Error needs_value(const OptionRow& option) {
  return usage_error(fmt::format("{} needs a value", option.long_name),
                     fmt::format("write {} {}", option.long_name, option.value));
}

// --option=value where there may be no value, and --option= where there must be one.
std::optional<Error> check_equals_signs(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return std::nullopt;
    const size_t equals = word.find('=');
    const OptionRow* const option = find_option(std::string_view(word).substr(0, equals));
    if (equals == std::string::npos || option == nullptr) continue;
    if (option->is_flag()) {
      return usage_error(fmt::format("{} takes no value", option->long_name),
                         fmt::format("write {} alone", option->long_name));
    }
    if (equals + 1 == word.size()) return needs_value(*option);
  }
  return std::nullopt;
}

// A manual's typography turns "--" into one of these dashes, and people copy it.
std::string plain_dashes(std::string_view word) {
  for (const std::string_view dash : {"\u2013", "\u2014", "\u2212"}) {
    if (word.starts_with(dash)) return "--" + std::string(word.substr(dash.size()));
  }
  return std::string(word);
}

Error unknown_option(std::string_view word) {
  std::vector<std::string_view> names;
  for (const OptionRow& option : option_table()) names.push_back(option.long_name);
  word = word.substr(0, word.find('='));
  std::string remedy = did_you_mean(plain_dashes(word), names);
  if (remedy.empty()) remedy = see_help;
  return usage_error(fmt::format("{} is not an option", in_quotes(word)), std::move(remedy));
}

// The words that belong to no option are the expression.
std::optional<Error> read_expression(const std::vector<std::string>& words,
                                     std::vector<std::string>& expression) {
  bool after_dashes = false;
  for (const std::string& word : words) {
    if (!after_dashes && word == "--") {
      after_dashes = true;
      continue;
    }
    if (!after_dashes && plain_dashes(word).starts_with('-')) return unknown_option(word);
    if (word.empty()) return usage_error("an empty word is no expression", see_help);
    expression.push_back(word);
  }
  return std::nullopt;
}

Result<std::vector<std::string>> items_of_list(const OptionRow& option,
                                               const std::vector<std::string>& values) {
  std::vector<std::string> items;
  for (const std::string& value : values) {
    for (const std::string& piece : split(value, ',')) {
      std::string item(trimmed(piece));
      if (item.empty()) {
        return usage_error(
            fmt::format("{} has an empty name in {}", option.long_name, in_quotes(value)),
            "separate names by one comma each");
      }
      items.push_back(std::move(item));
    }
  }
  return items;
}

// `values` is not empty.
Result<std::vector<std::string>> words_of_option(const OptionRow& option,
                                                 const std::vector<std::string>& values) {
  if (option.is_flag()) return std::vector<std::string>{""};
  for (const std::string& value : values) {
    if (value.empty() || find_option(value) != nullptr) return needs_value(option);
  }
  if (option.is_list()) return items_of_list(option, values);
  for (const std::string& value : values) {
    if (value == values.front()) continue;
    return usage_error(fmt::format("{} is given as {} and as {}", option.long_name,
                                   in_quotes(values.front()), in_quotes(value)),
                       "give it once");
  }
  return std::vector<std::string>{values.front()};
}

CLI::Option* declare(CLI::App& app, const OptionRow& option) {
  std::string names(option.long_name);
  if (!option.short_name.empty()) names = fmt::format("{},{}", option.short_name, names);
  if (!option.other_name.empty()) names += fmt::format(",{}", option.other_name);
  CLI::Option* const declared = option.is_flag() ? app.add_flag(names) : app.add_option(names);
  return declared->multi_option_policy(option.is_flag() ? CLI::MultiOptionPolicy::TakeLast
                                                        : CLI::MultiOptionPolicy::TakeAll);
}

// CLI11 fails for one reason here: the last word is an option, and its value is missing.
Error missing_last_value(const std::vector<std::string>& words) {
  std::string name = words.empty() ? "" : words.back();
  if (!name.empty() && !name.starts_with("--")) name = {'-', name.back()};  // "-vs" ends in -s
  const OptionRow* const option = find_option(name);
  return option == nullptr ? unknown_option(name) : needs_value(*option);
}

}  // namespace

bool CommandLine::has(std::string_view name) const {
  return std::any_of(uses.begin(), uses.end(),
                     [name](const Use& use) { return use.option->name() == name; });
}

Result<CommandLine> divide_words(const std::vector<std::string>& words) {
  if (auto error = check_equals_signs(words)) return *error;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<const CLI::Option*> declared;
  for (const OptionRow& option : option_table()) declared.push_back(declare(app, option));
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Error&) {
    return missing_last_value(words);
  }
  CommandLine line;
  for (size_t i = 0; i < declared.size(); ++i) {
    const OptionRow& option = option_table()[i];
    const auto& values = declared[i]->results();
    if (values.empty()) continue;
    auto found = words_of_option(option, values);
    if (!found) return found.error();
    line.uses.push_back({&option, std::move(*found)});
  }
  if (auto error = read_expression(app.remaining(), line.expression)) return *error;
  return line;
}

}  // namespace nettrace
