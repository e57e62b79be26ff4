// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// fentry and fexit: a copy of the program for each function, which the kernel calls from a
// trampoline that it makes for that function.
#include <bpf/bpf.h>

#include <cerrno>

#include "function_attacher.h"
#include "module_btf.h"

namespace nettrace {
namespace {

class FentryAttacher : public FunctionAttacher {
 public:
  using FunctionAttacher::FunctionAttacher;

  std::vector<Refusal> attach(std::span<const Attachment* const> functions) override {
    std::vector<Refusal> refused;
    for (const Attachment* function : functions) {
      if (stop_) break;
      if (!attach(*function)) refused.push_back({function, errno});
    }
    return refused;
  }

 private:
  // False with errno.
  bool attach(const Attachment& function) {
    errno = ENOENT;
    if (function.btf_id == 0) return false;
    Fd at_return;
    if (function.returns) {
      at_return = link(function, return_copy(function), BPF_TRACE_FEXIT);
      if (!at_return) return false;
    }
    Fd at_entry = link(function, entry_copy(function), BPF_TRACE_FENTRY);
    if (!at_entry) return false;
    if (at_return) links_.push_back(std::move(at_return));
    links_.push_back(std::move(at_entry));
    return true;
  }

  Fd link(const Attachment& function, Copy copy, bpf_attach_type type) {
    copy = copy.with_cookie(cookie_of(function));
    copy.shape |= NT_SHAPE_TRACING;
    if (features_.typed_fentry) copy.shape |= NT_SHAPE_TYPED | uint64_t{function.arguments} << 12;
    copy.expected_attach_type = type;
    copy.btf_id = function.btf_id;
    copy.btf_fd = modules_.fd(function.module);
    if (copy.btf_fd < 0) return {};
    const int own = own_program(copy);
    return own < 0 ? Fd() : Fd(bpf_raw_tracepoint_open(nullptr, own));
  }

  ModuleBtf modules_;
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_fentry_attacher(const BpfObject& object,
                                                       const Features& features,
                                                       const std::atomic<bool>& stop) {
  return std::make_unique<FentryAttacher>(object, features, stop);
}

}  // namespace nettrace
