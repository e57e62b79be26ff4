// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/table_screen.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "io/terminal.h"

namespace nettrace {
namespace {

// A longer line would take two of the terminal's.
void cut_lines(std::string& text, size_t start, size_t columns) {
  size_t column = 0;
  text.erase(std::remove_if(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
                            [&](char character) {
                              column = character == '\n' ? 0 : column + 1;
                              return column > columns;
                            }),
             text.end());
}

}  // namespace

void TableScreen::show(Size size, const Writer& write, std::string& out) {
  Extent extent{.lines = SIZE_MAX, .columns = SIZE_MAX};
  if (in_place_ && size == Size::fitting) extent = extent_of(STDOUT_FILENO);
  if (in_place_ && lines_ > 0) out += fmt::format("\r\033[{}A\033[J", lines_);
  const size_t start = out.size();
  write(std::max<size_t>(extent.lines, 3) - 1, out);  // a line is left for the cursor
  cut_lines(out, start, extent.columns);
  lines_ = std::count(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), '\n');
  has_shown_ = true;
}

}  // namespace nettrace
