// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The network namespaces, interfaces and processes of this machine that a filter names.
#pragma once

#include <optional>

#include "base/result.h"
#include "filter/filter.h"

namespace nettrace {

// Finds the namespace, and makes sure that there is such an interface and such a process. What
// cannot be looked at is warned of.
std::optional<Error> find_metadata(Filter& filter);

}  // namespace nettrace
