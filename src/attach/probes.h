// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Attached programs. Each is a file descriptor: whatever way the process ends, the kernel detaches
// them.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "attach/bpf_object.h"
#include "base/fd.h"
#include "plan/attach_failures.h"
#include "plan/attach_plan.h"
#include "plan/backend.h"

namespace nettrace {

struct Probes {
  std::vector<Fd> quick_links;
  std::vector<Fd> slow_links;           // that take the kernel tens of milliseconds each to detach
  std::map<Backend, size_t> functions;  // attached by it, hooks apart
  size_t tracepoints = 0;
  std::vector<AttachFailure> failures;
  std::vector<AttachFailure> fell_back;  // by a backend to the next one
  std::string refusal_reason;  // the verifier's, of the first program; empty: it gave none

  std::vector<Fd> programs;

  size_t attached() const;  // hooks apart
  // Hits that the kernel did not run a program for; 0 where it does not count them.
  uint64_t missed() const;
  // Closes every link.
  void detach();
};

// Some function's return is probed.
bool watches_returns(const AttachPlan& plan);

Probes attach(const AttachPlan& plan, const BpfObject& object, const Features& features,
              const std::vector<Backend>& backends, const std::atomic<bool>& stop);

}  // namespace nettrace
