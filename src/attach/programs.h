// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Copies of the BPF programs that are in the kernel.
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
  void load(std::vector<Copy> copies, const std::atomic<bool>& stop);

  // Its descriptor; loaded now where load() was not asked for it.
  KernelResult<int> loaded(const Copy& copy);

  // What the verifier said of the first copy that it refused; empty: nothing.
  const std::string& refusal_reason() const { return reason_; }

  std::vector<Fd> take();

 private:
  // Of copies that differ in nothing but their function: what is refused once, is refused again.
  struct Variant {
    size_t failures = 0;
    bool is_accepted = false;
    KernelError error{0};
  };

  KernelResult<Fd> load_variant(const Copy& copy);
  std::optional<KernelError> known_refusal(const Copy& copy);
  KernelResult<Fd> ask_why(const Copy& copy, KernelError error);

  const BpfObject& object_;
  std::map<Copy, KernelResult<Fd>> loads_;
  std::mutex mutex_;  // for all below
  std::map<Copy, Variant> variants_;
  std::set<Copy> too_large_;  // whatever they are attached by
  size_t asked_why_ = 0;
  std::string reason_;
};

}  // namespace nettrace
