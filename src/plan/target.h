// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What a program is attached to in the kernel. A new kind is an enumerator here, and a case
// wherever the compiler then misses one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plan/facts.h"

namespace nettrace {

struct Target {
  enum class Kind { kernel_function, module_function, tracepoint };

  Kind kind = Kind::kernel_function;
  std::string name = {};    // of the function; of the tracepoint without its category
  std::string module = {};  // of a module_function
  // Of a function that BTF describes:
  uint32_t btf_id = 0;    // in the BTF of the kernel or of its module; 0: BTF does not describe it
  uint8_t arguments = 0;  // how many
};

Target function_target(std::string_view name, const Function& function);

// One that a backend attaches to; it has arguments and a return.
constexpr bool is_function(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kernel_function:
    case Target::Kind::module_function:
      return true;
    case Target::Kind::tracepoint:
      return false;
  }
  return false;  // not reached
}

}  // namespace nettrace
