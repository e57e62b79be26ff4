// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Links that libbpf 1.1 cannot create: it refuses those of the types that it does not know.
#pragma once

#include <cstdint>
#include <span>

#include "base/fd.h"

namespace nettrace {

// enum bpf_attach_type of include/uapi/linux/bpf.h.
inline constexpr uint32_t kprobe_multi_type = 42;    // BPF_TRACE_KPROBE_MULTI, 5.18
inline constexpr uint32_t kprobe_session_type = 56;  // BPF_TRACE_KPROBE_SESSION, 6.10
inline constexpr uint32_t fentry_multi_type = 59;    // BPF_TRACE_FENTRY_MULTI, 7.x
inline constexpr uint32_t fsession_multi_type = 61;  // BPF_TRACE_FSESSION_MULTI, 7.x

// Of one program to many functions; errno tells why there is none. `attach_type` is one of the
// first two.
Fd create_kprobe_multi_link(int program, uint32_t attach_type, std::span<const char* const> symbols,
                            std::span<const uint64_t> cookies);

// `attach_type` is one of the last two; `ids`: of functions in the BTF that the program was loaded
// for.
Fd create_tracing_multi_link(int program, uint32_t attach_type, std::span<const uint32_t> ids,
                             std::span<const uint64_t> cookies);

// `cookie` is 0, or the kernel knows cookies of raw tracepoints (6.10).
Fd create_raw_tracepoint_link(int program, const char* tracepoint, uint64_t cookie);

}  // namespace nettrace
