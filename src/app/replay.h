// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// -r: a recording instead of the kernel.
#pragma once

#include "base/result.h"
#include "cli/options.h"

namespace nettrace {

Result<Done> replay(const Options& options);

}  // namespace nettrace
