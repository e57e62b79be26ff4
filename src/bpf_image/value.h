// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What is known of a BPF register before a program runs, and the arithmetic of constants.
#pragma once

#include <cstdint>
#include <optional>

namespace nettrace {

struct Value {
  enum class Kind {
    unseen,    // no way has come here yet
    constant,  // `number`
    nonzero,   // the address of something
    data,      // an address in the constant map: `number` bytes from its start
    unknown,
  };
  Kind kind = Kind::unknown;
  uint64_t number = 0;

  bool operator==(const Value&) const = default;
};

inline Value constant(uint64_t number) { return {Value::Kind::constant, number}; }

// `op` is BPF_ADD and so on, of BPF_ALU64 or BPF_ALU. Nothing where it is one that no constant is
// made with.
std::optional<uint64_t> compute(uint8_t op, uint64_t a, uint64_t b, bool is_64);
// `op` is BPF_JEQ and so on, of BPF_JMP or BPF_JMP32.
std::optional<bool> compare(uint8_t op, uint64_t a, uint64_t b, bool is_64);

}  // namespace nettrace
