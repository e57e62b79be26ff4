// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// CLI11 cuts the command line into options and values; what they mean, and every message, is here.
#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "cli/live_options.h"
#include "cli/option_table.h"
#include "cli/packet_options.h"
#include "cli/recording_options.h"
#include "cli/table_options.h"

namespace nettrace {
namespace {

constexpr const char* see_help = "see nettrace -h";

using Entries = std::vector<OptionEntry>;

Entries all_options(CommandLine& line) {
  Entries entries;
  for (OptionGroup& group : option_table(line)) {
    std::move(group.options.begin(), group.options.end(), std::back_inserter(entries));
  }
  return entries;
}

const OptionEntry* find_option(const Entries& entries, std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const OptionEntry& entry) {
    return !name.empty() &&
           (name == entry.long_name || name == entry.short_name || name == entry.other_name);
  });
  return found == entries.end() ? nullptr : &*found;
}

Error needs_value(const OptionEntry& entry) {
  return usage_error(fmt::format("{} needs a value", entry.long_name),
                     fmt::format("write {} {}", entry.long_name, entry.value));
}

// --option=value where there may be no value, and --option= where there must be one.
std::optional<Error> check_equals_signs(const Entries& entries,
                                        std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (word == "--") return std::nullopt;
    const size_t equals = word.find('=');
    const OptionEntry* entry = find_option(entries, std::string_view(word).substr(0, equals));
    if (equals == std::string::npos || entry == nullptr) continue;
    if (entry->is_flag()) {
      return usage_error(fmt::format("{} takes no value", entry->long_name),
                         fmt::format("write {} alone", entry->long_name));
    }
    if (equals + 1 == word.size()) return needs_value(*entry);
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

Error unknown_option(const Entries& entries, std::string_view word) {
  std::vector<std::string_view> names;
  for (const OptionEntry& entry : entries) names.push_back(entry.long_name);
  word = word.substr(0, word.find('='));
  std::string remedy = did_you_mean(plain_dashes(word), names);
  if (remedy.empty()) remedy = see_help;
  return usage_error(fmt::format("{} is not an option", in_quotes(word)), std::move(remedy));
}

// Words that no option takes are those of the expression.
std::optional<Error> take_expression(const Entries& entries, const std::vector<std::string>& words,
                                     std::vector<std::string>& expression) {
  bool all_belong = false;
  for (const std::string& word : words) {
    if (!all_belong && word == "--") {
      all_belong = true;
      continue;
    }
    if (!all_belong && plain_dashes(word).starts_with('-')) return unknown_option(entries, word);
    if (word.empty()) return usage_error("an empty word is no expression", see_help);
    expression.push_back(word);
  }
  return std::nullopt;
}

std::optional<Error> take_list(const OptionEntry& entry, const std::vector<std::string>& values,
                               std::vector<std::string>& list) {
  for (const std::string& value : values) {
    for (std::string& item : split(value, ',')) {
      if (item.empty()) {
        return usage_error(
            fmt::format("{} has an empty name in {}", entry.long_name, in_quotes(value)),
            "separate names by one comma each");
      }
      list.push_back(std::move(item));
    }
  }
  return std::nullopt;
}

std::optional<Error> take(const Entries& entries, const OptionEntry& entry,
                          const std::vector<std::string>& values) {
  if (values.empty()) return std::nullopt;
  if (entry.is_flag()) {
    *std::get<bool*>(entry.target) = true;
    return std::nullopt;
  }
  for (const std::string& value : values) {
    if (value.empty() || find_option(entries, value) != nullptr) return needs_value(entry);
  }
  if (const auto* list = std::get_if<std::vector<std::string>*>(&entry.target)) {
    return take_list(entry, values, **list);
  }
  for (const std::string& value : values) {
    if (value == values.front()) continue;
    return usage_error(fmt::format("{} is given as {} and as {}", entry.long_name,
                                   in_quotes(values.front()), in_quotes(value)),
                       "give it once");
  }
  *std::get<std::optional<std::string>*>(entry.target) = values.front();
  return std::nullopt;
}

CLI::Option* declare(CLI::App& app, const OptionEntry& entry) {
  std::string names(entry.long_name);
  if (!entry.short_name.empty()) names = fmt::format("{},{}", entry.short_name, names);
  if (!entry.other_name.empty()) names += fmt::format(",{}", entry.other_name);
  CLI::Option* const option = entry.is_flag() ? app.add_flag(names) : app.add_option(names);
  return option->multi_option_policy(entry.is_flag() ? CLI::MultiOptionPolicy::TakeLast
                                                     : CLI::MultiOptionPolicy::TakeAll);
}

// Fills the command line that the entries point to, and the expression with what is left.
std::optional<Error> read_words(const Entries& entries, const std::vector<std::string>& words,
                                std::vector<std::string>& expression) {
  if (auto error = check_equals_signs(entries, words)) return error;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> declared;
  for (const OptionEntry& entry : entries) declared.push_back(declare(app, entry));
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Error&) {
    // Its one reason here: the last word is an option, and its value is missing.
    std::string name = words.empty() ? "" : words.back();
    if (!name.empty() && !name.starts_with("--")) name = {'-', name.back()};  // "-vs" ends in -s
    const OptionEntry* const entry = find_option(entries, name);
    return entry == nullptr ? unknown_option(entries, name) : needs_value(*entry);
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    if (auto error = take(entries, entries[i], declared[i]->results())) return error;
  }
  return take_expression(entries, app.remaining(), expression);
}

Error unknown_column(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Field& field : all_fields()) names.push_back(field.name);
  std::string remedy = did_you_mean(name, names);
  if (!remedy.empty()) remedy += " ";
  return usage_error(fmt::format("{} is not an output column", in_quotes(name)),
                     fmt::format("{}the columns are {}", remedy, fmt::join(names, ", ")));
}

// The one of --latency, those of -o in its order, then what else --detail shows; each once.
std::optional<Error> choose_columns(const CommandLine& line, std::vector<const Field*>& columns) {
  const auto add = [&](const Field* field) {
    const bool there = std::find(columns.begin(), columns.end(), field) != columns.end();
    if (!there) columns.push_back(field);
  };
  if (line.latency) add(find_field("latency"));
  for (const std::string& name : line.columns) {
    const Field* const field = find_field(name);
    if (field == nullptr) return unknown_column(name);
    add(field);
  }
  for (const Field& field : all_fields()) {
    if (line.detail && field.in_detail) add(&field);
  }
  return std::nullopt;
}

std::optional<Error> choose_mode(const CommandLine& line, Options::Mode& mode) {
  const auto& tracers = line.tracers;
  const auto queries = std::count(tracers.begin(), tracers.end(), "?");
  if (queries != 0 && static_cast<size_t>(queries) != tracers.size()) {
    return usage_error("? stands beside other names in --tracer",
                       "-t '?' alone shows what can be traced");
  }
  if (queries != 0 && line.all_functions) {
    return usage_error("--all-functions does not go with -t ?", "ask for the tree, or trace");
  }
  if (queries != 0 && line.check) {
    return usage_error("--check and -t ? are two different questions", "ask one at a time");
  }
  if (queries != 0) mode = Options::Mode::print_tree;
  if (line.check) mode = Options::Mode::check;
  return std::nullopt;
}

// Words that only exclude do so from all.
std::vector<std::string> tracer_words(const CommandLine& line) {
  std::vector<std::string> words = line.tracers;
  if (line.all_functions) words.emplace_back("*");
  const bool chooses = std::any_of(words.begin(), words.end(),
                                   [](const std::string& word) { return !word.starts_with('!'); });
  if (!chooses) words.emplace_back("all");
  return words;
}

}  // namespace

Result<ParsedOptions> parse_options(int argc, const char* const* argv) {
  CommandLine line;
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (auto error = read_words(all_options(line), words, line.filter.expression)) return *error;
  if (line.help) return ParsedOptions(HelpText{help_text()});

  Options options;
  if (line.version) {
    options.mode = Options::Mode::version;
    return ParsedOptions(std::move(options));
  }
  auto filter = parse_filter(line.filter);
  if (!filter) return filter.error();
  options.filter = std::move(*filter);
  if (auto error = choose_columns(line, options.columns)) return *error;
  if (auto error = choose_mode(line, options.mode)) return *error;
  options.tracers = tracer_words(line);
  if (line.time) {
    const auto form = parse_time_form(*line.time);
    if (!form) return form.error();
    options.time = *form;
  }
  if (line.colour) {
    const auto when = parse_colour_when(*line.colour);
    if (!when) return when.error();
    options.colour = *when;
  }
  options.tracer_file = line.tracer_file;
  options.btf_file = line.btf_file;
  options.verbose = line.verbose;
  if (auto error = read_live_options(line, options)) return *error;
  if (auto error = read_recording_options(line, options)) return *error;
  if (auto error = read_table_options(line, options)) return *error;
  if (auto error = read_packet_options(line, options)) return *error;
  return ParsedOptions(std::move(options));
}

}  // namespace nettrace
