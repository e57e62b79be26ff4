// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/output.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "io/file_stream.h"
#include "io/status_line.h"

namespace nettrace {

Result<bool> Output::flush() {
  if (!buffer_.empty()) erase_status();
  std::string_view rest = buffer_;
  auto written = write_all(STDOUT_FILENO, rest, "standard output");
  if (!written || !*written) rest = {};
  buffer_.erase(0, buffer_.size() - rest.size());  // the next flush goes on with the rest
  return written;
}

uint64_t Output::undelivered_lines() const {
  return static_cast<uint64_t>(std::count(buffer_.begin(), buffer_.end(), '\n'));
}

}  // namespace nettrace
