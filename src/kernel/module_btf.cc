// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel/module_btf.h"

#include <bpf/bpf.h>

#include <cerrno>
#include <cstdint>

namespace nettrace {

KernelResult<int> ModuleBtf::fd(const std::string& module) {
  if (module.empty()) return 0;
  if (!is_read_) read();
  const auto found = fds_.find(module);
  if (found == fds_.end()) return KernelError{ENOENT};
  return found->second.get();
}

void ModuleBtf::read() {
  is_read_ = true;
  uint32_t id = 0;
  while (bpf_btf_get_next_id(id, &id) == 0) {
    Fd fd(bpf_btf_get_fd_by_id(id));
    if (!fd) continue;  // its module has gone
    char name[64] = {};
    bpf_btf_info info{};
    info.name = reinterpret_cast<uint64_t>(name);
    info.name_len = sizeof(name);
    uint32_t size = sizeof(info);
    if (bpf_obj_get_info_by_fd(fd.get(), &info, &size) == 0 && info.kernel_btf) {
      fds_.emplace(name, std::move(fd));
    }
  }
}

}  // namespace nettrace
