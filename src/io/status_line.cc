// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/status_line.h"

#include <unistd.h>

#include <cstdio>
#include <string>

#include "io/terminal.h"

namespace nettrace {
namespace {

constexpr std::string_view erased = "\r\033[K";  // ECMA-48: to the end of the line

bool is_shown = false;

void write(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace

bool can_show_status() {
  static const bool on_screen = is_screen(STDERR_FILENO);
  return on_screen && is_in_foreground(STDERR_FILENO);
}

void show_status(std::string_view line) {
  if (!can_show_status()) return;
  std::string text(erased);
  text += line.substr(0, extent_of(STDERR_FILENO).columns - 1);  // the last place may wrap
  write(text);
  is_shown = true;
}

void erase_status() {
  if (!is_shown) return;
  write(erased);
  is_shown = false;
}

}  // namespace nettrace
