// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Records of tunnelled packets.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nettrace {

// The record of a hit, as if it were one of the packet inside its tunnels (packet/tunnel.h);
// `record` itself where there is none. May use `memory` for the result.
std::span<const std::byte> without_tunnels(std::span<const std::byte> record,
                                           std::vector<std::byte>& memory);

}  // namespace nettrace
