// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The packet inside a tunnel: VXLAN, Geneve, GRE, IP in IP. bpf/packet/tunnel.h knows the same
// headers, for the filter of a live trace.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nettrace {

// The record of a hit, as if it were one of the packet inside; `record` itself where there is
// none or its header lies beyond the bytes that were recorded. May use `memory` for the result.
std::span<const std::byte> without_tunnels(std::span<const std::byte> record,
                                           std::vector<std::byte>& memory);

}  // namespace nettrace
