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
  Fd link(const Attachment& function, bool at_return) override {
    errno = ENOENT;
    if (function.btf_id == 0) return {};
    Copy copy = own_variant(function, at_return);
    copy.variant |= NT_VARIANT_TRACING;
    if (features_.typed_fentry)
      copy.variant |= NT_VARIANT_TYPED | uint64_t{function.arguments} << 12;
    copy.expected_attach_type = at_return ? BPF_TRACE_FEXIT : BPF_TRACE_FENTRY;
    copy.btf_id = function.btf_id;
    copy.btf_fd = modules_.fd(function.module);
    if (copy.btf_fd < 0) return {};
    const int own = programs_.own(copy);
    return own < 0 ? Fd() : Fd(bpf_raw_tracepoint_open(nullptr, own));
  }

  ModuleBtf modules_;
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_fentry_attacher(Programs& programs, const Features& features,
                                                       const std::atomic<bool>& stop) {
  return std::make_unique<FentryAttacher>(programs, features, stop);
}

}  // namespace nettrace
