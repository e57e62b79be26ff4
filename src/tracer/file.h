// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Finds the tracer.json to use.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "tracer/tree.h"

namespace nettrace {

// In this order: `option` (--tracer-file), $NETTRACE_TRACER_FILE, /etc/nettrace/tracer.json,
// /opt/nettrace/tracer.json, the built-in one. A file that the option or the variable names must be
// readable.
Result<TracerTree> load_tracer_tree(const std::optional<std::string>& option);

}  // namespace nettrace
