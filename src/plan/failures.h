// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is said of attachments that the kernel refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/backend.h"
#include "tracer/tree.h"

namespace nettrace {

struct AttachFailure {
  bool is_hook = false;
  uint32_t leaf = 0;
  std::string symbol;
  int error = 0;              // errno
  std::string_view way = {};  // the backend's name, or "tracepoint"
};

// The lines for standard error: one that counts, one for each leaf that the user named; each of
// them with verbose. `attached`: how many leaves' probes were not refused.
std::vector<std::string> describe_failures(const TracerTree& tree, const Selection& selection,
                                           const std::vector<AttachFailure>& failures,
                                           size_t attached, bool verbose);

// Those that another backend took over, a line for each backend and reason.
std::vector<std::string> describe_fallbacks(const std::vector<AttachFailure>& fell_back);

}  // namespace nettrace
