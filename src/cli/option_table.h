// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every option of the command line, each once: parsing, help and completion walk this table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "filter/filter.h"

namespace nettrace {

// The words of the command line, not looked at yet.
struct CommandLine {
  FilterWords filter;
  std::vector<std::string> tracers;
  bool all_functions = false;
  std::vector<std::string> columns;
  std::optional<std::string> tracer_file, btf_file = {};
  bool detail = false;
  bool check = false;
  bool verbose = false;
  bool help = false;
  bool version = false;
  bool timeline = false;
  bool skb_mode = false;
  bool returns = false;
  bool stack = false;
  bool force_stack = false;
  std::vector<std::string> stack_tracers = {};
  bool json = false;
  bool count_only = false;
  bool latency = false;
  bool summary = false;
  std::optional<std::string> write_file = {}, read_file = {}, file_size = {}, file_count = {};
  std::optional<std::string> backend = {}, buffer_size = {}, time = {}, colour = {}, interval = {},
                             min_latency = {};
  std::optional<std::string> count = {}, limit = {}, duration = {}, idle_timeout = {};
};

// What an option's value is one of, for completion in a shell.
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

struct OptionEntry {
  // A flag, a value, or a comma-separated list that may be given several times.
  using Target = std::variant<bool*, std::optional<std::string>*, std::vector<std::string>*>;

  std::string_view short_name;  // "-s"; may be empty
  std::string_view long_name;   // "--saddr"
  std::string_view value;       // what the help calls the value; empty for a flag
  std::string help;             // lines
  Target target;
  Values values = Values::any;
  std::string_view other_name = {};  // another spelling of long_name; may be empty

  bool is_flag() const { return std::holds_alternative<bool*>(target); }
};

struct OptionGroup {
  std::string_view title;
  std::vector<OptionEntry> options;
};

// The targets point into `line`.
std::vector<OptionGroup> option_table(CommandLine& line);

struct Example {
  std::string_view command;
  std::string_view words;  // what it does
};
std::span<const Example> examples();

// What -h prints.
std::string help_text();

}  // namespace nettrace
