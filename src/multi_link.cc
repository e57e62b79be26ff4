// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "multi_link.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace nettrace {

Fd create_multi_link(int program, uint32_t attach_type, std::span<const char* const> symbols,
                     std::span<const uint64_t> cookies) {
  bpf_attr attributes{};
  attributes.link_create.prog_fd = static_cast<uint32_t>(program);
  attributes.link_create.attach_type = attach_type;
  attributes.link_create.kprobe_multi.cnt = static_cast<uint32_t>(symbols.size());
  attributes.link_create.kprobe_multi.syms = reinterpret_cast<uint64_t>(symbols.data());
  attributes.link_create.kprobe_multi.cookies = reinterpret_cast<uint64_t>(cookies.data());
  return Fd(static_cast<int>(syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof(attributes))));
}

}  // namespace nettrace
