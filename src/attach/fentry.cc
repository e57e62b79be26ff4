// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// fentry and fexit: a variant of the program for each function, which the kernel calls from a
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
    const auto variant = variant_for(function, at_return);
    if (!variant) return variant.error();
    const auto program = programs_.loaded(*variant);
    if (!program) return program.error();
    return owned(bpf_raw_tracepoint_open(nullptr, *program));
  }

  KernelResult<ProgramVariant> variant_for(const Attachment& function, bool at_return) override {
    if (function.target.btf_id == 0) return KernelError{ENOENT};
    // A typed pointer to a pointer is none that the verifier lets a program follow.
    if (features_.typed_fentry && function.skb_is_pointer_to_pointer) {
      return KernelError{EOPNOTSUPP};
    }
    const auto module = modules_.fd(function.target.module);
    if (!module) return module.error();
    ProgramVariant variant = own_variant(function, at_return);
    variant.flags |= NT_VARIANT_TRACING;
    if (features_.typed_fentry)
      variant.flags |= NT_VARIANT_TYPED | NT_VARIANT_WITH_ARGUMENTS(function.target.arguments);
    variant.expected_attach_type = at_return ? BPF_TRACE_FEXIT : BPF_TRACE_FENTRY;
    variant.btf_id = function.target.btf_id;
    variant.btf_fd = *module;
    return variant;
  }

  ModuleBtf modules_;
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_fentry_attacher(Programs& programs, const Features& features,
                                                       const std::atomic<bool>& stop) {
  return std::make_unique<FentryAttacher>(programs, features, stop);
}

}  // namespace nettrace
