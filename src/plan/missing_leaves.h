// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Leaves that a plan lacks, and the lines that say so.
#pragma once

#include <string>
#include <vector>

#include "plan/attach_plan.h"

namespace nettrace {

// The lines for standard error: one that counts what is missing, one for each missing leaf that the
// user named; every reason with verbose.
std::vector<std::string> describe_missing(const TracerTree& tree, const Selection& selection,
                                          const AttachPlan& plan, bool verbose);

}  // namespace nettrace
