// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/target.h"

namespace nettrace {

Target function_target(std::string_view name, const Function& function) {
  return {.kind = function.module.empty() ? Target::Kind::kernel_function
                                          : Target::Kind::module_function,
          .name = std::string(name),
          .module = function.module,
          .btf_id = function.btf_id,
          .arguments = function.arguments};
}

}  // namespace nettrace
