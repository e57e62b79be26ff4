// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The filter's words about what the kernel keeps beside a packet, each read alone.
#pragma once

#include <optional>

#include "base/result.h"
#include "filter/filter.h"

namespace nettrace {

// --netns, --if, --pid, --mark, --len. Whether there is such a namespace, interface or process is
// not asked.
std::optional<Error> read_metadata_words(const FilterWords& words, Filter& filter);

}  // namespace nettrace
