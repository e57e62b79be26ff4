// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The ways to attach to a kernel function, and which of them to try in what order.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "plan/facts.h"

namespace nettrace {

enum class Backend {
  fentry_multi,  // one link to all functions, by trampolines
  fentry,        // a trampoline and a program for each function
  kprobe_multi,  // one link to all functions, by fprobe
  kprobe,        // a perf event for each function
};

std::string_view name_of(Backend backend);
// "auto|fentry-multi|...", as --backend takes them.
std::string backend_words();
// Nothing for "auto".
Result<std::optional<Backend>> parse_backend(std::string_view word);

// "fentry, kprobe"; and which ones only root can try, where that may not be tried.
std::string offered_words(const Features& features);

// Without any backend, tracepoints are all that can be traced.
bool attaches_functions(const Features& features);
// Only what BTF describes, since all that the kernel has are trampolines.
bool attaches_by_btf_alone(const Features& features);

struct BackendChoice {
  std::vector<Backend> order;  // what one cannot attach, the next one tries; may be empty, see
                               // attaches_functions()
  std::string why;             // completes "attaching by NAME: "
};

// For `functions` of them. A forced backend has no other behind it; it is an error where the kernel
// lacks it.
Result<BackendChoice> choose_backends(const Features& features, std::optional<Backend> forced,
                                      size_t functions);

}  // namespace nettrace
