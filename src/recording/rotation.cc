// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/rotation.h"

#include <fmt/core.h>

namespace nettrace {

std::string rotated_path(const std::string& path, const RotationLimits& limits, uint64_t index) {
  if (limits.bytes == 0) return path;
  if (limits.files == 0) return index == 0 ? path : fmt::format("{}{}", path, index);
  if (limits.files == 1) return path;
  const size_t digits = fmt::formatted_size("{}", limits.files - 1);
  return fmt::format("{}{:0{}}", path, index % limits.files, digits);
}

}  // namespace nettrace
