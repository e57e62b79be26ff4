// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Takes out of a BPF program what its constants make unreachable. The verifier does, too, but only
// after it has looked at all of it, which takes it a time that grows faster than the program.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "bpf_image/program_image.h"

namespace nettrace {

// A map whose values nobody can change.
struct ConstantMap {
  int fd;
  std::span<const std::byte> bytes;
};

// What the program does stays the same. Nothing: it has an instruction of a form that is not known
// here, so that nothing can be said of what it does.
std::optional<ProgramImage> prune(const ProgramImage& program, const ConstantMap& constants);

}  // namespace nettrace
