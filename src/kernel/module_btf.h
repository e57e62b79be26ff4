// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel's BTF objects of its modules, as descriptors.
#pragma once

#include <map>
#include <string>

#include "base/fd.h"
#include "base/kernel_errno.h"

namespace nettrace {

class ModuleBtf {
 public:
  // 0 for the kernel proper (no name); ENOENT: there is none (5.10 and earlier have none).
  KernelResult<int> fd(const std::string& module);

 private:
  void read();

  bool is_read_ = false;
  std::map<std::string, Fd, std::less<>> fds_;
};

}  // namespace nettrace
