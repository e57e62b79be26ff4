// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// When a recording goes on in another file, and how that is called: as tcpdump's -C and -W have it.
#pragma once

#include <cstdint>
#include <string>

namespace nettrace {

struct RotationLimits {
  uint64_t bytes = 0;  // a file longer than this gets no more records; 0: no limit
  uint32_t files = 0;  // then the first is overwritten; 0: as many as it takes
};

// Of the file opened after `index` others. FILE, FILE1, FILE2, …; with a limit of files FILE0,
// FILE1, …, with zeros in front so that they sort.
std::string rotated_path(const std::string& path, const RotationLimits& limits, uint64_t index);

}  // namespace nettrace
