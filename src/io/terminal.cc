// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/terminal.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace nettrace {

bool is_terminal(int fd) { return isatty(fd) != 0; }

bool is_screen(int fd) {
  const char* const kind = std::getenv("TERM");
  return is_terminal(fd) && (kind == nullptr || std::string_view(kind) != "dumb");
}

bool is_pipe(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

bool is_in_foreground(int fd) { return tcgetpgrp(fd) == getpgrp(); }

Extent extent_of(int fd) {
  winsize size{};
  const bool known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
  return known ? Extent{size.ws_row, size.ws_col} : Extent{24, 80};
}

}  // namespace nettrace
