// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The manual page, as troff reads it.
#include "cli/man_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "cli/help.h"
#include "cli/option_table.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

std::string with_troff_dashes(std::string_view name) {
  std::string text;
  for (const char character : name) text += character == '-' ? "\\-" : std::string(1, character);
  return text;
}

TEST(ManPage, HasEveryOptionAndEveryExample) {
  const std::string page = man_page();
  for (const OptionRow& option : option_table()) {
    EXPECT_THAT(page, HasSubstr("\\fB" + with_troff_dashes(option.long_name) + "\\fR"));
  }
  for (const Example& example : examples()) {
    EXPECT_THAT(page, HasSubstr(with_troff_dashes(example.command)));
  }
}

TEST(ManPage, SaysWhichOptionsGoTogether) {
  EXPECT_THAT(man_page(), HasSubstr(with_troff_dashes("--json cannot be combined with --time: ")));
  EXPECT_THAT(man_page(), HasSubstr(with_troff_dashes("--summary requires --latency.")));
}

TEST(ManPage, HasTheSectionsThatPeopleLookFor) {
  for (const char* section : {"NAME", "SYNOPSIS", "OPTIONS", "COMBINING OPTIONS", "EXAMPLES",
                              "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"}) {
    EXPECT_THAT(man_page(), HasSubstr(std::string("\n.SH ") + section + "\n"));
  }
}

// Text that begins with a dot or a quote would be taken for a request.
TEST(ManPage, EveryRequestIsOneOfMan) {
  const std::set<std::string> known = {".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".nf",
                                       ".fi", ".B",  ".I",  ".BR", ".RB", ".RI", ".IR"};
  for (const std::string& line : split(man_page(), '\n')) {
    EXPECT_FALSE(line.starts_with('\'')) << line;
    const bool is_request = line.starts_with('.');
    EXPECT_TRUE(!is_request || known.contains(line.substr(0, line.find(' ')))) << line;
  }
}

}  // namespace
}  // namespace nettrace
