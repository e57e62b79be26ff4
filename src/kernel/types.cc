// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel/types.h"

#include <bpf/libbpf.h>
#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/foreign_text.h"
#include "base/start_times.h"

namespace nettrace {
namespace {

constexpr const char* btf_folder = "/sys/kernel/btf";
constexpr std::string_view kernel_file = "vmlinux";

}  // namespace

Result<KernelTypes> KernelTypes::open(const std::optional<std::string>& file) {
  KernelTypes types;
  if (!file) return types;
  types.kernel_.reset(btf__parse(file->c_str(), nullptr));
  types.is_loaded_ = true;
  if (!types.kernel_) {
    const bool is_of_libbpf = errno >= __LIBBPF_ERRNO__START;
    const char* why = is_of_libbpf || errno == EPROTO || errno == EINVAL || errno == ENODATA
                          ? "it holds no BTF"
                          : std::strerror(errno);
    return usage_error(fmt::format("cannot read the BTF file {}: {}", in_quotes(*file), why),
                       "name the BTF of the running kernel, or the vmlinux that has it");
  }
  types.file_ = *file;
  return types;
}

const btf* KernelTypes::kernel() {
  if (!is_loaded_) {
    const Timed timed("BTF");
    kernel_.reset(btf__load_vmlinux_btf());
  }
  is_loaded_ = true;
  return kernel_.get();
}

const btf* KernelTypes::module(const std::string& name) {
  if (are_from_file()) return nullptr;
  const auto [entry, is_new] = modules_.try_emplace(name);
  if (is_new) entry->second.reset(btf__load_module_btf(name.c_str(), kernel_.get()));
  return entry->second.get();
}

std::vector<std::string> KernelTypes::modules() const {
  std::vector<std::string> names;
  if (are_from_file()) return names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(btf_folder, error)) {
    std::string name = entry.path().filename();
    if (name != kernel_file) names.push_back(std::move(name));
  }
  return names;
}

const btf_type* without_modifiers(const btf* types, uint32_t id) {
  const btf_type* type = btf__type_by_id(types, id);
  while (type != nullptr && (btf_is_mod(type) || btf_is_typedef(type))) {
    type = btf__type_by_id(types, type->type);
  }
  return type;
}

// Where only a declaration of it was in sight, the struct may be a forward declaration.
int indirections_of(std::string_view name, const btf* types, uint32_t id) {
  const btf_type* type = without_modifiers(types, id);
  int indirections = 0;
  for (; type != nullptr && btf_is_ptr(type) && indirections < 3; ++indirections) {
    type = without_modifiers(types, type->type);
  }
  if (type == nullptr || indirections > 2 || !(btf_is_struct(type) || btf_is_fwd(type))) return 0;
  return btf__name_by_offset(types, type->name_off) == name ? indirections : 0;
}

}  // namespace nettrace
