// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which options exclude or require which. Errors and the manual page derive from this table.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace nettrace {

// The options that a command line has, by OptionRow::name().
using OptionNames = std::set<std::string_view>;

// Some values of an option only, where a rule is not about all of them.
struct ValueUse {
  std::string_view name;             // as rules, messages and the manual page call it
  std::vector<std::string> example;  // words that are such a use
  bool (*is_used)(const OptionNames& names, const Options& options);
};
std::span<const ValueUse> value_uses();

enum class Relation {
  excludes,      // none of the others may be used
  requires_any,  // one of the others must be used
};

// Names are those of options (OptionRow::name()) or of value uses.
struct OptionRule {
  std::vector<std::string_view> uses;  // The rule holds where all of them are used.
  Relation relation;
  std::vector<std::string_view> others;
  std::string_view reason;  // may be empty
  std::string_view remedy;
};
// The first rule that is broken is the error.
std::span<const OptionRule> option_rules();

// `options` has all words of the command line read into it.
std::optional<Error> check_rules(const OptionNames& names, const Options& options);

// "--json cannot be combined with --time: REASON". Of the others, names `others` only.
std::string describe(const OptionRule& rule, std::span<const std::string_view> others);

}  // namespace nettrace
