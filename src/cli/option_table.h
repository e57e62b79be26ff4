// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every option of the command line, each once: parsing, help, manual page and completion walk this
// table. What excludes or requires what is in option_rules.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/options.h"

namespace nettrace {

// The set from which a shell completes an option's value.
enum class Values {
  any,
  files,
  tracers,
  protocols,
  columns,
  backends,
  times,
  colours,
  interfaces,
  namespaces
};

enum class OptionGroup { filters, tracers, display, modes, output, end, kernel, other };
std::string_view title_of(OptionGroup group);

struct OptionRow {
  // A word that needs more than to be stored; `option` is the option's name, for errors.
  using ReadWord = std::optional<Error> (*)(std::string_view option, const std::string& word,
                                            Options& options);
  using SetFlag = void (*)(Options& options);
  // Reads each item of a comma-separated list.
  struct ReadItem {
    ReadWord read;
  };
  // A row's words are read in the table's order. A list may be written several times. The filter
  // options' words make the filter together, when all of them are there.
  using Target = std::variant<bool Options::*, SetFlag, std::optional<std::string> Options::*,
                              ReadWord, std::vector<std::string> Options::*, ReadItem,
                              bool FilterWords::*, std::optional<std::string> FilterWords::*>;

  std::string_view short_name;  // "-s"; may be empty
  std::string_view long_name;   // "--saddr"
  std::string_view value;       // what the help calls the value; empty for a flag
  std::string help;             // lines
  Target target;
  Values values = Values::any;
  std::string_view other_name = {};  // another spelling of long_name; may be empty
  OptionGroup group = OptionGroup::other;

  bool is_flag() const { return value.empty(); }
  bool is_list() const;
  // The name that messages use.
  std::string_view name() const { return short_name.empty() ? long_name : short_name; }
};

// Group by group.
std::span<const OptionRow> option_table();
// By any of its names; nullptr: there is none.
const OptionRow* find_option(std::string_view name);

}  // namespace nettrace
