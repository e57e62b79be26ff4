// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/options.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "cli/command_line.h"
#include "cli/option_rules.h"
#include "cli/option_table.h"

namespace nettrace {
namespace {

// Reads a word of `option` to where the option's row says.
struct WordReader {
  const OptionRow& option;
  const std::string& word;
  Options& options;
  FilterWords& filter;

  std::optional<Error> operator()(bool Options::*flag) const {
    options.*flag = true;
    return std::nullopt;
  }
  std::optional<Error> operator()(bool FilterWords::*flag) const {
    filter.*flag = true;
    return std::nullopt;
  }
  std::optional<Error> operator()(OptionRow::SetFlag set) const {
    set(options);
    return std::nullopt;
  }
  std::optional<Error> operator()(std::optional<std::string> Options::*text) const {
    options.*text = word;
    return std::nullopt;
  }
  std::optional<Error> operator()(std::optional<std::string> FilterWords::*text) const {
    filter.*text = word;
    return std::nullopt;
  }
  std::optional<Error> operator()(std::vector<std::string> Options::*list) const {
    (options.*list).push_back(word);
    return std::nullopt;
  }
  std::optional<Error> operator()(OptionRow::ReadWord read) const {
    return read(option.name(), word, options);
  }
  std::optional<Error> operator()(OptionRow::ReadItem item) const {
    return item.read(option.name(), word, options);
  }
};

std::optional<Error> read_uses(const CommandLine& line, Options& options, FilterWords& filter) {
  for (const auto& [option, words] : line.uses) {
    for (const std::string& word : words) {
      if (auto error = std::visit(WordReader{*option, word, options, filter}, option->target)) {
        return error;
      }
    }
  }
  return std::nullopt;
}

// -t with exclusions only excludes from the whole tree.
void complete_tracers(std::vector<std::string>& tracers) {
  const bool selects = std::any_of(tracers.begin(), tracers.end(),
                                   [](const std::string& word) { return !word.starts_with('!'); });
  if (!selects) tracers.emplace_back("all");
}

// --force-stack alone means --stack.
void decide_stacks(Options& options) {
  const bool forced = options.force_stack && options.stack_tracers.empty();
  if (options.stack || forced) options.stack_tracers = options.tracers;
}

std::optional<Error> decide_mode(Options& options) {
  const auto& tracers = options.tracers;
  const auto queries = std::count(tracers.begin(), tracers.end(), "?");
  if (queries == 0) return std::nullopt;
  if (static_cast<size_t>(queries) != tracers.size()) {
    return usage_error("? stands beside other names in --tracer",
                       "-t '?' alone shows what can be traced");
  }
  options.mode = Options::Mode::print_tree;
  return std::nullopt;
}

std::string filter_text(const CommandLine& line) {
  std::string text;
  const auto append = [&](std::string_view word) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", word);
  };
  for (const auto& [option, words] : line.uses) {
    if (option->group != OptionGroup::filters) continue;
    append(option->name());
    if (!option->is_flag()) append(words.front());
  }
  for (const std::string& word : line.expression) append(word);
  return text;
}

OptionNames names_of(const CommandLine& line) {
  OptionNames names;
  for (const CommandLine::Use& use : line.uses) names.insert(use.option->name());
  return names;
}

}  // namespace

Result<Options> parse_options(int argc, const char* const* argv) {
  auto line = divide_words({argv + std::min(argc, 1), argv + argc});
  if (!line) return line.error();
  Options options;
  if (line->has("-h") || line->has("--version")) {
    options.mode = line->has("-h") ? Options::Mode::help : Options::Mode::version;
    return options;
  }
  FilterWords words;
  if (auto error = read_uses(*line, options, words)) return *error;
  complete_tracers(options.tracers);
  decide_stacks(options);
  options.filter_text = filter_text(*line);
  if (auto error = check_rules(names_of(*line), options)) return *error;
  if (auto error = decide_mode(options)) return *error;
  words.expression = std::move(line->expression);
  auto filter = parse_filter(words);
  if (!filter) return filter.error();
  options.filter = std::move(*filter);
  return options;
}

}  // namespace nettrace
