// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Attached programs. Each is a file descriptor: whatever way the process ends, the kernel detaches
// them.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "attach_plan.h"
#include "bpf_object.h"
#include "fd.h"
#include "result.h"

namespace nettrace {

// An attachment that the kernel refused.
struct Refused {
  bool is_hook = false;
  uint32_t leaf = 0;
  std::string symbol;
  int error = 0;  // errno
};

struct Probes {
  std::vector<Fd> links;
  size_t slow_links = 0;  // those that take the kernel tens of milliseconds each to detach
  size_t attached = 0;    // functions and tracepoints, hooks apart
  std::vector<Refused> refused;
};

// Some function's return will be known by its stack frame rather than by a session.
bool needs_frames(const AttachPlan& plan, const Features& features);

// Stops early, and quietly, when `stop` becomes true. An attachment that the kernel refuses never
// takes the others down. Hooks come first: no life begins unseen.
Probes attach(const AttachPlan& plan, const BpfObject& object, const Features& features,
              const std::atomic<bool>& stop);

}  // namespace nettrace
