// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Work that several threads share.
#pragma once

#include <cstddef>
#include <functional>

namespace nettrace {

// CPUs that this process may run on.
size_t usable_cpus();

// Runs `work` in this thread and in up to `threads` - 1 more at a time; fewer where the system
// gives no more. Returns when all of them have.
void run_in_threads(size_t threads, const std::function<void()>& work);

}  // namespace nettrace
