// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/verifier_log.h"

#include <algorithm>
#include <array>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

constexpr size_t max_line_bytes = 300;

// What follows the cause (print_verification_stats() of kernel/bpf/verifier.c).
bool is_statistic(std::string_view line) {
  constexpr std::array<std::string_view, 5> beginnings = {"processed ", "verification time ",
                                                          "stack depth ", "mark_precise", "----"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [line](std::string_view beginning) { return line.starts_with(beginning); });
}

// The last line of `log`, which is shortened by it; empty lines are passed over.
std::string_view take_last_line(std::string_view& log) {
  while (log.ends_with('\n') || log.ends_with('\0')) log.remove_suffix(1);
  const size_t before = log.rfind('\n');
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::string_view line = log.substr(begin);
  log = log.substr(0, begin);
  return line;
}

std::string shown_line(std::string_view line) {
  std::string text;
  append_printable(line.substr(0, max_line_bytes), text);
  return text;
}

}  // namespace

std::vector<std::string> log_tail(std::string_view log, size_t max_lines) {
  std::vector<std::string> lines;
  while (lines.size() < max_lines) {
    const std::string_view line = take_last_line(log);
    if (line.empty()) break;
    lines.push_back(shown_line(line));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::string refusal_reason(std::string_view log) {
  for (;;) {
    const std::string_view line = take_last_line(log);
    if (line.empty() || !is_statistic(line)) return shown_line(line);
  }
}

}  // namespace nettrace
