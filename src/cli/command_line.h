// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Divides a command line among its options. What the words mean is decided later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/option_table.h"

namespace nettrace {

struct CommandLine {
  struct Use {
    const OptionRow* option;
    std::vector<std::string> words;  // items of a list; else one, which is empty for a flag
  };
  std::vector<Use> uses;  // one an option at most, in the table's order
  std::vector<std::string> expression;

  bool has(std::string_view name) const;  // by OptionRow::name()
};

Result<CommandLine> divide_words(const std::vector<std::string>& words);

}  // namespace nettrace
