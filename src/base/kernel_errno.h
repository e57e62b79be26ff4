// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the kernel answers: a value, or an error number, one of which the C library does not know.
#pragma once

#include <cerrno>
#include <cstring>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace nettrace {

inline constexpr int errno_notsupp = 524;  // ENOTSUPP, include/linux/errno.h

inline std::string error_words(int error) {
  return error == errno_notsupp ? "Not supported (ENOTSUPP)" : std::strerror(error);
}

// Taken at once: a destructor may call what sets errno anew.
struct KernelError {
  int number;  // errno
};
template <typename T>
using KernelResult = Result<T, KernelError>;

inline KernelError last_error() { return {errno}; }

// What a system call has just returned.
inline KernelResult<Fd> owned(int fd) {
  if (fd < 0) return last_error();
  return Fd(fd);
}

}  // namespace nettrace
