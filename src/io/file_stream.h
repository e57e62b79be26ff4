// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Files, pipes and the standard streams ("-") as sources and sinks of recordings.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_stream.h"
#include "base/result.h"

namespace nettrace {

Result<std::unique_ptr<ByteSource>> open_for_reading(const std::string& path);

// Creates or overwrites the file. A terminal is refused.
Result<std::unique_ptr<ByteSink>> open_for_writing(const std::string& path);

// Takes off `bytes` what was written: all, unless the write gave up (limit_writes()). An error
// calls the descriptor `name`. False: its reader has gone.
Result<bool> write_all(int fd, std::string_view& bytes, std::string_view name);

// From now on a write asks whether to give up, before it begins and ten times a second while it
// blocks, as nobody reads a pipe; signals arrive meanwhile.
void limit_writes(std::function<bool()> gives_up);

}  // namespace nettrace
