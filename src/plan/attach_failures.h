// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Attachments that the kernel refused, and the lines that say so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plan/attach_plan.h"
#include "tracer/tree.h"

namespace nettrace {

struct AttachFailure {
  const Attachment* attachment = nullptr;  // in the plan, which outlives this
  int error = 0;                           // errno
  std::string_view way = {};               // the backend's name, or "tracepoint"
};

// The lines for standard error: one that counts, one for each leaf that the user named; each of
// them with verbose. `attached`: how many leaves' probes were not refused.
std::vector<std::string> describe_failures(const TracerTree& tree, const Selection& selection,
                                           const std::vector<AttachFailure>& failures,
                                           size_t attached, bool verbose);

// Those that another backend took over, a line for each backend and reason.
std::vector<std::string> describe_fallbacks(const std::vector<AttachFailure>& fell_back);

}  // namespace nettrace
