// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Arguments of functions that leaves list ("args" in tracer.json), as the kernel's BTF describes
// them.
#pragma once

#include <string>
#include <vector>

#include "event/return_value.h"

namespace nettrace {

struct ArgumentType {
  std::string name;  // BTF's; may be empty
  ReturnType type;

  bool operator==(const ArgumentType&) const = default;
};

// By leaf, those of nt_args.values in order; a leaf without any may be missing at the end.
using LeafArguments = std::vector<std::vector<ArgumentType>>;

}  // namespace nettrace
