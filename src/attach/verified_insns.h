// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the verifier's log says of its own work. Programs know it themselves since 5.16 only
// (bpf_prog_info.verified_insns).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nettrace {

// BPF_LOG_STATS of the kernel's bpf_verifier.h: the log holds nothing else.
inline constexpr uint32_t verifier_log_stats = 4;
// It has a line for each subprogram on some kernels; a log that does not fit is an error.
inline constexpr size_t verifier_log_bytes = 64 << 10;

// How many instructions the verifier walked, each once for each way to it; 0: the log does not say.
uint64_t verified_insns(std::string_view log);

}  // namespace nettrace
