// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Standard output: filled in memory, written in one go.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace nettrace {

class Output {
 public:
  std::string& buffer() { return buffer_; }

  // Writes what is in the buffer. False when the reader has gone (`| head`): the quiet end of a
  // trace. A full disk and the like are errors.
  Result<bool> flush();

  // What flush() gave up to write.
  uint64_t undelivered_lines() const;

 private:
  std::string buffer_;
};

}  // namespace nettrace
