// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Links that libbpf 1.1 cannot create: it refuses those of the types that it does not know.
#pragma once

#include <cstdint>
#include <span>

#include "base/fd.h"
#include "base/kernel_errno.h"

namespace nettrace {

// Of one program to many functions. `attach_type`: AttachTypes::kprobe_multi or kprobe_session.
KernelResult<Fd> create_kprobe_multi_link(int program, uint32_t attach_type,
                                          std::span<const char* const> symbols,
                                          std::span<const uint64_t> cookies);

// `attach_type`: AttachTypes::fentry_multi or fsession_multi; `ids`: of functions in the BTF that
// the program was loaded for.
KernelResult<Fd> create_tracing_multi_link(int program, uint32_t attach_type,
                                           std::span<const uint32_t> ids,
                                           std::span<const uint64_t> cookies);

// `cookie` is 0, or the kernel knows cookies of raw tracepoints (6.10).
KernelResult<Fd> create_raw_tracepoint_link(int program, const char* tracepoint, uint64_t cookie);

}  // namespace nettrace
