// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/function_attacher.h"

#include <utility>

namespace nettrace {

FunctionAttacher::Need SingleAttacher::need(std::span<const Attachment* const> functions) {
  Need need;
  for (const Attachment* function : functions) {
    auto at_entry = variant_for(*function, false);
    if (!at_entry) {
      need.unfit.push_back(function);
      continue;
    }
    need.variants.push_back(std::move(*at_entry));
    if (!function->returns) continue;
    if (auto at_return = variant_for(*function, true))
      need.variants.push_back(std::move(*at_return));
  }
  return need;
}

std::vector<AttachFailure> SingleAttacher::attach(std::span<const Attachment* const> functions,
                                                  Progress& progress) {
  std::vector<AttachFailure> failures;
  for (const Attachment* function : functions) {
    if (stop_) break;
    if (const auto attached = attach(*function)) {
      progress.step();
    } else {
      failures.push_back({.attachment = function, .error = attached.error().number});
    }
  }
  return failures;
}

// The return first: no call is begun whose return goes unseen.
KernelResult<Done> SingleAttacher::attach(const Attachment& function) {
  Fd return_link;
  if (function.returns) {
    auto at_return = link(function, true);
    if (!at_return) return at_return.error();
    return_link = std::move(*at_return);
  }
  auto at_entry = link(function, false);
  if (!at_entry) return at_entry.error();
  if (return_link) links_.push_back(std::move(return_link));
  links_.push_back(std::move(*at_entry));
  return Done{};
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
