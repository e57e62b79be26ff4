// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// fentry and fexit: a copy of the program for each function, which the kernel calls from a
// trampoline that it makes for that function.
#include <bpf/bpf.h>

#include <cerrno>

#include "attach/function_attacher.h"
#include "kernel/module_btf.h"

namespace nettrace {
namespace {

class FentryAttacher : public SingleAttacher {
 public:
  using SingleAttacher::SingleAttacher;

 private:
  KernelResult<Fd> link(const Attachment& function, bool at_return) override {
    const auto copy = copy_for(function, at_return);
    if (!copy) return copy.error();
    const auto program = programs_.loaded(*copy);
    if (!program) return program.error();
    return owned(bpf_raw_tracepoint_open(nullptr, *program));
  }

  KernelResult<Copy> copy_for(const Attachment& function, bool at_return) override {
    if (function.btf_id == 0) return KernelError{ENOENT};
    // A typed pointer to a pointer is none that the verifier lets a program follow.
    if (features_.typed_fentry && function.skb_is_pointer_to_pointer) {
      return KernelError{EOPNOTSUPP};
    }
    const auto module = modules_.fd(function.module);
    if (!module) return module.error();
    Copy copy = own_variant(function, at_return);
    copy.variant |= NT_VARIANT_TRACING;
    if (features_.typed_fentry)
      copy.variant |= NT_VARIANT_TYPED | uint64_t{function.arguments} << 12;
    copy.expected_attach_type = at_return ? BPF_TRACE_FEXIT : BPF_TRACE_FENTRY;
    copy.btf_id = function.btf_id;
    copy.btf_fd = *module;
    return copy;
  }

  ModuleBtf modules_;
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_fentry_attacher(Programs& programs, const Features& features,
                                                       const std::atomic<bool>& stop) {
  return std::make_unique<FentryAttacher>(programs, features, stop);
}

}  // namespace nettrace
