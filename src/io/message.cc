// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/message.h"

#include <cstdio>
#include <string>

#include "base/foreign_text.h"
#include "io/status_line.h"

namespace nettrace {
namespace {

// One write a line: lines of two nettraces on one terminal do not mix. Messages quote foreign text.
void say(std::string_view prefix, std::string_view text) {
  std::string line = "nettrace: ";
  line += prefix;
  append_printable(text, line);
  line += '\n';
  erase_status();
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

void note(std::string_view line) { say("", line); }
void warn(std::string_view line) { say("warning: ", line); }

void complain(const Error& error) {
  say("error: ", error.remedy.empty() ? error.what : error.what + "; " + error.remedy);
}

}  // namespace nettrace
