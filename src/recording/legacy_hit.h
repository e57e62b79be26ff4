// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Hits as version 1 of the format has them: one struct, which later grew at its end.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nettrace {

// Bytes of a hit in recordings of version 1, without the stack that may follow: the first has
// neither the caller nor the mark nor the network namespace.
inline constexpr size_t first_legacy_hit_bytes = 280;
inline constexpr size_t last_legacy_hit_bytes = 296;

// `record` begins with `size` bytes of such a hit, at least first_legacy_hit_bytes. Fills `hit`
// with an nt_hit and its sections. False: a stack is cut off.
bool from_legacy(std::span<const std::byte> record, size_t size, std::vector<std::byte>& hit);

}  // namespace nettrace
