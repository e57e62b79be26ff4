// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Links of one program to many functions, by fprobe. libbpf 1.1 refuses to create those of the
// types that it does not know.
#pragma once

#include <cstdint>
#include <span>

#include "fd.h"

namespace nettrace {

// enum bpf_attach_type, BPF_TRACE_KPROBE_SESSION: include/uapi/linux/bpf.h since 6.10.
inline constexpr uint32_t kprobe_session = 56;

// errno tells why there is none.
Fd create_multi_link(int program, uint32_t attach_type, std::span<const char* const> symbols,
                     std::span<const uint64_t> cookies);

}  // namespace nettrace
