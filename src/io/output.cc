// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/output.h"

#include <unistd.h>

#include "io/file_stream.h"
#include "io/status_line.h"

namespace nettrace {

Result<bool> Output::flush() {
  if (!buffer_.empty()) erase_status();
  auto written = write_all(STDOUT_FILENO, buffer_, "standard output");
  buffer_.clear();
  return written;
}

}  // namespace nettrace
