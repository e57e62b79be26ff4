// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/function_attacher.h"

#include <cerrno>
#include <utility>

namespace nettrace {

std::vector<Refusal> SingleAttacher::attach(std::span<const Attachment* const> functions,
                                            Progress& progress) {
  std::vector<Refusal> failures;
  for (const Attachment* function : functions) {
    if (stop_) break;
    if (attach(*function)) {
      progress.step();
    } else {
      failures.push_back({function, errno});
    }
  }
  return failures;
}

// The return first: no call is begun whose return goes unseen.
bool SingleAttacher::attach(const Attachment& function) {
  Fd at_return;
  if (function.returns) {
    at_return = link(function, true);
    if (!at_return) return false;
  }
  Fd at_entry = link(function, false);
  if (!at_entry) return false;
  if (at_return) links_.push_back(std::move(at_return));
  links_.push_back(std::move(at_entry));
  return true;
}

std::unique_ptr<FunctionAttacher> make_attacher(Backend backend, Programs& programs,
                                                const Features& features,
                                                const std::atomic<bool>& stop) {
  switch (backend) {
    case Backend::fentry_multi:
      return make_fentry_multi_attacher(programs, features, stop);
    case Backend::fentry:
      return make_fentry_attacher(programs, features, stop);
    case Backend::kprobe_multi:
      return make_kprobe_multi_attacher(programs, features, stop);
    case Backend::kprobe:
      return make_kprobe_attacher(programs, features, stop);
  }
  return nullptr;  // not reached
}

}  // namespace nettrace
