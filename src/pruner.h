// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Takes out of a BPF program what its constants make unreachable. The verifier does, too, but only
// after it has looked at all of it, which takes it a time that grows faster than the program.
#pragma once

#include <linux/bpf.h>

#include <cstddef>
#include <span>
#include <vector>

namespace nettrace {

// A map whose values nobody can change.
struct ConstantMap {
  int fd;
  std::span<const std::byte> bytes;
};

// `program` is one that the compiler and libbpf have made, with its subprograms behind it. What it
// does stays the same.
std::vector<bpf_insn> prune(std::span<const bpf_insn> program, const ConstantMap& constants);

}  // namespace nettrace
