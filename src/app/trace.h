// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A live trace from plan to summary.
#pragma once

#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "kernel/types.h"
#include "tracer/tree.h"

namespace nettrace {

// Runs until a signal, or until the reader of standard output has gone.
// `stacks`: the leaves, by index, whose callers are shown.
Result<Done> trace(const Options& options, const TracerTree& tree, const Selection& selection,
                   const std::vector<bool>& stacks, KernelTypes& types);

}  // namespace nettrace
