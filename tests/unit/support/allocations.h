// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Counts what is allocated with operator new: rendering an event must not allocate.
#pragma once

#include <cstddef>

namespace nettrace::test {

size_t allocations();  // since the program began

}  // namespace nettrace::test
