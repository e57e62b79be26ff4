// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "output.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace nettrace {

Result<bool> Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = write(STDOUT_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) return false;
    if (written < 0 && errno == EAGAIN) {  // somebody made the terminal or pipe non-blocking
      pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
      poll(&out, 1, -1);
      continue;
    }
    if (written < 0) {
      return trace_error(fmt::format("cannot write to standard output ({})", std::strerror(errno)));
    }
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
  return true;
}

}  // namespace nettrace
