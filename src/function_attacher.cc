// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "function_attacher.h"

#include <cerrno>
#include <utility>

namespace nettrace {

int FunctionAttacher::program(const Copy& copy) {
  const auto found = shared_.find(copy);
  if (found != shared_.end()) return found->second;
  const int loaded = own_program(copy);
  if (loaded >= 0) shared_.emplace(copy, loaded);
  return loaded;
}

int FunctionAttacher::own_program(const Copy& copy) {
  auto loaded = object_.load_copy(copy);
  if (!loaded) return -1;
  programs_.push_back(std::move(*loaded));
  return programs_.back().get();
}

std::vector<Refusal> SingleAttacher::attach(std::span<const Attachment* const> functions) {
  std::vector<Refusal> refused;
  for (const Attachment* function : functions) {
    if (stop_) break;
    if (!attach(*function)) refused.push_back({function, errno});
  }
  return refused;
}

// The return first: no call is begun whose return goes unseen.
bool SingleAttacher::attach(const Attachment& function) {
  Fd at_return;
  if (function.returns) {
    at_return = link(function, return_copy(function), true);
    if (!at_return) return false;
  }
  Fd at_entry = link(function, entry_copy(function), false);
  if (!at_entry) return false;
  if (at_return) links_.push_back(std::move(at_return));
  links_.push_back(std::move(at_entry));
  return true;
}

std::unique_ptr<FunctionAttacher> make_attacher(Backend backend, const BpfObject& object,
                                                const Features& features,
                                                const std::atomic<bool>& stop) {
  switch (backend) {
    case Backend::fentry_multi:
      return make_fentry_multi_attacher(object, features, stop);
    case Backend::fentry:
      return make_fentry_attacher(object, features, stop);
    case Backend::kprobe_multi:
      return make_kprobe_multi_attacher(object, features, stop);
    case Backend::kprobe:
      return make_kprobe_attacher(object, features, stop);
  }
  return nullptr;  // not reached
}

}  // namespace nettrace
