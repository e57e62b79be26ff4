// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "output.h"

#include <unistd.h>

#include "file_stream.h"

namespace nettrace {

Result<bool> Output::flush() {
  auto written = write_all(STDOUT_FILENO, buffer_, "standard output");
  buffer_.clear();
  return written;
}

}  // namespace nettrace
