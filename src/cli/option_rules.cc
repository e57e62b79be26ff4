// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/option_rules.h"

#include <fmt/core.h>

#include <algorithm>

#include "tracer/words.h"

namespace nettrace {
namespace {

constexpr std::string_view tree_query = "-t '?'";
constexpr std::string_view write_to_stdout = "-w -";
constexpr std::string_view columns_in_recordings = "-o (other than caller)";
constexpr std::string_view stack_of_all = "--stack for all functions";

bool asks_for_tree(const OptionNames&, const Options& options) {
  return std::find(options.tracers.begin(), options.tracers.end(), "?") != options.tracers.end();
}

bool writes_to_stdout(const OptionNames&, const Options& options) {
  return options.write_file == "-";
}

// Recordings have what the columns show, unless it costs too much to be in all of them.
bool shows_recorded_columns(const OptionNames& names, const Options& options) {
  return names.contains("-o") &&
         std::any_of(options.columns.begin(), options.columns.end(), [](const Column* column) {
           return !(sections_of(*column) & recorded_on_demand);
         });
}

bool shows_all_stacks(const OptionNames&, const Options& options) {
  return std::any_of(options.stack_tracers.begin(), options.stack_tracers.end(), is_everything);
}

bool is_used(std::string_view use, const OptionNames& names, const Options& options) {
  for (const ValueUse& some : value_uses()) {
    if (some.name == use) return some.is_used(names, options);
  }
  return names.contains(use);
}

// "--a", "--a or --b", "--a, --b or --c"
std::string alternatives(std::span<const std::string_view> names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

std::vector<OptionRule> all_rules() {
  constexpr auto excludes = Relation::excludes;
  constexpr auto requires_any = Relation::requires_any;
  constexpr auto leave_one_out = "leave one of the two out";
  const std::vector<std::string_view> by_packet = {"--timeline", "--summary"};
  constexpr auto add_by_packet = "add --timeline, or --latency --summary";
  return {
      {{"--check"}, excludes, {tree_query}, "", "ask one at a time"},
      {{"--check"},
       excludes,
       {"-w", "--json", "--timeline", "--summary", "--count-only"},
       "--check traces nothing",
       leave_one_out},
      {{tree_query}, excludes, {"-w", "--json"}, "-t '?' traces nothing", leave_one_out},
      {{"--all-functions"}, excludes, {tree_query}, "", "ask for the tree, or trace"},

      {{"-w"}, excludes, {"-r"}, "-w writes a recording and -r reads one", leave_one_out},
      {{"-w"},
       excludes,
       {"--timeline", "--json", "--detail", "--latency", "--time", columns_in_recordings},
       "a recording can be shown in every form",
       "choose the form when you read it with -r"},
      {{"-C"}, requires_any, {"-w"}, "", "add -w FILE"},
      {{"-W"}, requires_any, {"-C"}, "", "add -C SIZE"},
      {{"-C"},
       excludes,
       {write_to_stdout},
       "standard output cannot be divided into files",
       "write to a file, or leave out -C"},
      {{"-r"},
       excludes,
       {"--tracer-file", "--duration", "--backend", "--buffer-size", "--btf", "--check", tree_query,
        "--interval", "--all-functions"},
       "-r shows a recording and does not trace the running kernel",
       leave_one_out},
      {{"--json"}, excludes, {"--time"}, "times in JSON are seconds since boot", leave_one_out},

      {{"--count-only"},
       excludes,
       {"--summary"},
       "they print two different tables",
       "ask for one of them"},
      {{"--summary"}, requires_any, {"--latency"}, "", "add --latency"},
      {{"--summary"},
       excludes,
       {"--timeline", "--ret", "--stack", "--force-stack", "--stack-tracer", "-o", "--detail",
        "--limit"},
       "--summary shows no packets",
       leave_one_out},
      {{"--count-only"},
       excludes,
       {"--timeline", "--ret", "--stack", "--force-stack", "--stack-tracer", "-o", "--detail",
        "--limit", "--latency", "--min-latency", "-c", "-w", "-r", "--buffer-size"},
       "--count-only counts in the kernel, which then sends no events",
       leave_one_out},
      {{"--interval"}, requires_any, {"--count-only", "--summary"}, "", "add one of the two"},
      {{"--min-latency", "-r"},
       requires_any,
       by_packet,
       "the latency of a recorded packet is known only at its end",
       add_by_packet},

      {{"-c"}, requires_any, by_packet, "-c counts packets", "to stop after N lines use --limit N"},
      {{"--idle-timeout"}, requires_any, by_packet, "", add_by_packet},
      {{"--stack"},
       excludes,
       {"--stack-tracer"},
       "--stack is for all functions of -t, --stack-tracer for some",
       leave_one_out},
      {{stack_of_all},
       requires_any,
       {"--force-stack", "-r"},
       "it slows the machine down",
       "choose functions with -t or --stack-tracer, or insist with --force-stack"},
  };
}

}  // namespace

std::span<const ValueUse> value_uses() {
  static const ValueUse uses[] = {
      {tree_query, {"-t", "?"}, asks_for_tree},
      {write_to_stdout, {"-w", "-"}, writes_to_stdout},
      {columns_in_recordings, {"-o", "id"}, shows_recorded_columns},
      {stack_of_all, {"--stack-tracer", "all"}, shows_all_stacks},
  };
  return uses;
}

std::span<const OptionRule> option_rules() {
  static const std::vector<OptionRule> rules = all_rules();
  return rules;
}

std::string describe(const OptionRule& rule, std::span<const std::string_view> others) {
  std::string text;
  for (const std::string_view use : rule.uses) {
    text += fmt::format("{}{}", text.empty() ? "" : " with ", use);
  }
  text += rule.relation == Relation::excludes ? " cannot be combined with " : " requires ";
  text += alternatives(others);
  return rule.reason.empty() ? text : fmt::format("{}: {}", text, rule.reason);
}

std::optional<Error> check_rules(const OptionNames& names, const Options& options) {
  const auto used = [&](std::string_view use) { return is_used(use, names, options); };
  for (const OptionRule& rule : option_rules()) {
    if (!std::all_of(rule.uses.begin(), rule.uses.end(), used)) continue;
    const auto other = std::find_if(rule.others.begin(), rule.others.end(), used);
    const bool any = other != rule.others.end();
    if (any != (rule.relation == Relation::excludes)) continue;
    const auto others = any ? std::span(&*other, 1) : std::span(rule.others);
    return usage_error(describe(rule, others), std::string(rule.remedy));
  }
  return std::nullopt;
}

}  // namespace nettrace
