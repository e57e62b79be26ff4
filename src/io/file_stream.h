// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Files, pipes and the standard streams ("-") as sources and sinks of recordings.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/byte_stream.h"
#include "base/result.h"

namespace nettrace {

Result<std::unique_ptr<ByteSource>> open_for_reading(const std::string& path);

// Creates or overwrites the file. A terminal is refused.
Result<std::unique_ptr<ByteSink>> open_for_writing(const std::string& path);

// All of `bytes`, or an error that calls the descriptor `name`. False: its reader has gone.
Result<bool> write_all(int fd, std::string_view bytes, std::string_view name);

}  // namespace nettrace
