// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Copies of the BPF programs that are in the kernel.
#pragma once

#include <map>
#include <vector>

#include "attach/bpf_object.h"
#include "attach/program_variant.h"
#include "base/fd.h"

namespace nettrace {

class Programs {
 public:
  // `object` outlives this.
  explicit Programs(const BpfObject& object) : object_(object) {}

  // Their descriptors; -1 with errno: the kernel refuses it.
  int shared(const Copy& copy);  // loaded once
  int own(const Copy& copy);     // loaded for one attachment

  std::vector<Fd> take() { return std::move(loaded_); }

 private:
  const BpfObject& object_;
  std::vector<Fd> loaded_;
  std::map<Copy, int> shared_;  // of loaded_
};

}  // namespace nettrace
