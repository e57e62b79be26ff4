// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel's error numbers, one of which the C library does not know.
#pragma once

#include <cstring>
#include <string>

namespace nettrace {

inline constexpr int errno_notsupp = 524;  // ENOTSUPP, include/linux/errno.h

inline std::string error_words(int error) {
  return error == errno_notsupp ? "Not supported (ENOTSUPP)" : std::strerror(error);
}

}  // namespace nettrace
