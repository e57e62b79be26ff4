// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What standard output and standard error are connected to.
#pragma once

#include <cstddef>

namespace nettrace {

bool is_terminal(int fd);
// It can move its cursor, which TERM=dumb cannot.
bool is_screen(int fd);
bool is_pipe(int fd);  // or a socket
// A shell's job that is not in the background.
bool is_in_foreground(int fd);

struct Extent {
  size_t lines, columns;
};
// 24 lines of 80 where the terminal does not say.
Extent extent_of(int fd);

}  // namespace nettrace
