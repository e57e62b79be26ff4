// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "host/privileges.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace nettrace {

void allow_more_files(size_t files) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = limit.rlim_cur + files;
  const rlimit raised{wanted, std::max(wanted, limit.rlim_max)};
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return;  // above rlim_max it takes a privilege
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void drop_privileges(const KeptCapabilities& kept) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  __user_cap_data_struct held[_LINUX_CAPABILITY_U32S_3] = {};
  syscall(SYS_capget, &header, held);
  __user_cap_data_struct left[_LINUX_CAPABILITY_U32S_3] = {};
  const auto held_bit = [&](int capability) {
    return CAP_TO_MASK(capability) & held[CAP_TO_INDEX(capability)].permitted;
  };
  const auto keep = [&](int capability) {
    const uint32_t bit = held_bit(capability);
    left[CAP_TO_INDEX(capability)].effective |= bit;
    left[CAP_TO_INDEX(capability)].permitted |= bit;
  };
  if (kept.bpf) keep(held_bit(CAP_BPF) != 0 ? CAP_BPF : CAP_SYS_ADMIN);  // which stands for it
  if (kept.dac_override) keep(CAP_DAC_OVERRIDE);
  syscall(SYS_capset, &header, left);
}

}  // namespace nettrace
