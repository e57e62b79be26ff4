// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The command line as a plain value.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fields.h"
#include "filter.h"
#include "result.h"

namespace nettrace {

struct Options {
  enum class Mode { trace, print_tree, check };

  Mode mode = Mode::trace;
  Filter filter;
  std::vector<std::string> tracers = {"all"};  // names of groups and leaves
  std::vector<const Field*> columns;           // what --output or --detail asked for, in order
  std::optional<std::string> tracer_file;      // --tracer-file
  bool verbose = false;
};

// What -h and --version print on standard output before a quiet exit with 0.
struct HelpText {
  std::string text;
};

using ParsedOptions = std::variant<Options, HelpText>;

// argv as main() has it. Errors are usage errors.
Result<ParsedOptions> parse_options(int argc, const char* const* argv);

}  // namespace nettrace
