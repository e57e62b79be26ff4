// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The variants of the BPF programs that are in the kernel.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "attach/bpf_object.h"
#include "attach/program_variant.h"
#include "base/fd.h"
#include "base/kernel_errno.h"

namespace nettrace {

class Programs {
 public:
  // `object` outlives this.
  explicit Programs(const BpfObject& object) : object_(object) {}

  // Loads these, several at a time where there are CPUs for it: the verifier's work is most of the
  // start. Gives up when `stop` becomes true.
  void load(std::vector<ProgramVariant> variants, const std::atomic<bool>& stop);

  // Its descriptor; loaded now where load() was not asked for it.
  KernelResult<int> loaded(const ProgramVariant& variant);

  // What the verifier said of the first variant that it refused; empty: nothing.
  const std::string& refusal_reason() const { return reason_; }

  std::vector<Fd> take();

 private:
  // Of variants that differ in their function only: what is refused once is refused again.
  struct LoadHistory {
    size_t failures = 0;
    bool is_accepted = false;
    KernelError error{0};
  };

  KernelResult<Fd> load_variant(const ProgramVariant& variant);
  std::optional<KernelError> known_refusal(const ProgramVariant& variant);
  KernelResult<Fd> ask_why(const ProgramVariant& variant, KernelError error);

  const BpfObject& object_;
  std::map<ProgramVariant, KernelResult<Fd>> loads_;
  std::mutex mutex_;  // for all below
  std::map<ProgramVariant, LoadHistory> histories_;
  std::set<ProgramVariant> too_large_;  // whatever they are attached by
  size_t asked_why_ = 0;
  std::string reason_;
};

}  // namespace nettrace
