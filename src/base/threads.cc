// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/threads.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

namespace nettrace {

size_t usable_cpus() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    return static_cast<size_t>(CPU_COUNT(&allowed));
  }
  return static_cast<size_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));  // more than fit a set
}

void run_in_threads(size_t threads, const std::function<void()>& work) {
  std::vector<std::jthread> others;  // joined at the end, whatever work() throws here
  try {
    while (others.size() + 1 < threads) others.emplace_back(work);
  } catch (const std::system_error&) {  // no more threads: those that there are do it
  }
  work();
}

}  // namespace nettrace
