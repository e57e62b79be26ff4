// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel's BTF: its own and that of its modules.
#pragma once

#include <bpf/btf.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nettrace {

struct Free {
  void operator()(btf* types) const { btf__free(types); }
};
using Btf = std::unique_ptr<btf, Free>;

// Each is parsed once, when it is first asked for: the kernel's own has 5 MB.
class KernelTypes {
 public:
  // `file`: in place of the running kernel's; an error if it is not BTF. Modules then have none:
  // theirs goes on where the kernel's own ends.
  static Result<KernelTypes> open(const std::optional<std::string>& file);

  const btf* kernel();                         // nullptr: it has none
  const btf* module(const std::string& name);  // nullptr: it has none (so before 5.11)
  std::vector<std::string> modules() const;    // those loaded that have some

  // Numbers of types and functions are not those that the kernel knows.
  bool are_from_file() const { return !file_.empty(); }
  const std::string& file() const { return file_; }  // empty: they are the running kernel's

 private:
  Btf kernel_;
  bool is_loaded_ = false;
  std::string file_;
  std::map<std::string, Btf> modules_;
};

// The type behind const, typedef and the like; nullptr: there is none.
const btf_type* without_modifiers(const btf* types, uint32_t id);
// 0: something else; 1: struct NAME *; 2: struct NAME **.
int indirections_of(std::string_view name, const btf* types, uint32_t id);

}  // namespace nettrace
