// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where bytes come from and go to: files and pipes (file_stream.h), or a test's memory.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nettrace {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  virtual std::string_view name() const = 0;  // in messages
  // Becomes readable when read() would not wait.
  virtual int fd() const = 0;
  // Waits for bytes and says how many of `buffer`'s first ones it filled; 0: there are no more.
  virtual Result<size_t> read(std::span<std::byte> buffer) = 0;
};

class ByteSink {
 public:
  virtual ~ByteSink() = default;

  // All of them, or an error. False: whoever read them has gone, as in Output::flush().
  virtual Result<bool> write(std::string_view bytes) = 0;
};

using SinkOpener = std::function<Result<std::unique_ptr<ByteSink>>(const std::string& path)>;

}  // namespace nettrace
