// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// BTF is walked once, front to back: looking names up one by one is a linear search each.
#include "kernel/btf.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace nettrace {
namespace {

// How the kernel's own tables of handlers give a function away (nf_hookfn, struct packet_type).
bool has_parameter(std::string_view name, const btf* types, const btf_type* proto, uint16_t index) {
  return index < btf_vlen(proto) &&
         indirections_of(name, types, btf_params(proto)[index].type) == 1;
}

ReturnType::Names enumerators(const btf* types, const btf_type* type) {
  constexpr int max_names = 1024;
  ReturnType::Names names;
  const int count = std::min<int>(btf_vlen(type), max_names);
  for (int i = 0; i < count; ++i) {
    const struct btf_enum& value = btf_enum(type)[i];
    names.emplace_back(value.val, btf__name_by_offset(types, value.name_off));
  }
  return names;
}

// A value in a register.
ReturnType describe_value(const btf* types, uint32_t id) {
  using Kind = ReturnType::Kind;
  if (indirections_of("sk_buff", types, id) == 1) return {Kind::skb};
  const btf_type* type = without_modifiers(types, id);
  if (type == nullptr || btf_is_ptr(type)) return {Kind::other};
  const auto bytes = static_cast<uint8_t>(std::clamp<uint32_t>(type->size, 1, 8));
  if (btf_is_enum(type)) return {Kind::enumeration, bytes, enumerators(types, type)};
  if (!btf_is_int(type)) return {Kind::other, bytes};
  const int encoding = btf_int_encoding(type);
  if (encoding & BTF_INT_BOOL) return {Kind::boolean, bytes};
  return {encoding & BTF_INT_SIGNED ? Kind::number : Kind::other, bytes};
}

ReturnType describe_return(const btf* types, const btf_type* proto) {
  using Kind = ReturnType::Kind;
  if (proto->type == 0) return {Kind::nothing};
  ReturnType type = describe_value(types, proto->type);
  const bool is_number = type.kind == Kind::number || type.kind == Kind::other;
  const btf_type* value = without_modifiers(types, proto->type);
  if (!is_number || value == nullptr || !btf_is_int(value)) return type;
  if (has_parameter("nf_hook_state", types, proto, 2)) type.kind = Kind::verdict;
  if (has_parameter("packet_type", types, proto, 2)) type.kind = Kind::receive;
  return type;
}

// As in C, without const and the like: "enum skb_drop_reason", "int", "u32"; empty: none of these.
std::string type_text(const btf* types, uint32_t id) {
  const btf_type* type = btf__type_by_id(types, id);
  while (type != nullptr && btf_is_mod(type)) type = btf__type_by_id(types, type->type);
  if (type == nullptr) return {};
  const std::string name = btf__name_by_offset(types, type->name_off);
  if (btf_is_enum(type)) return "enum " + name;
  return btf_is_int(type) || btf_is_typedef(type) ? name : std::string();
}

// SKB_DROP_REASON_NETFILTER_DROP of enum skb_drop_reason is NETFILTER_DROP: the rest says the type
// again.
void shorten_names(std::string_view type, ReturnType::Names& names) {
  constexpr std::string_view keyword = "enum ";
  if (!type.starts_with(keyword)) return;
  std::string prefix(type.substr(keyword.size()));
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  prefix += '_';
  for (auto& [number, name] : names) {
    if (name.size() > prefix.size() && name.starts_with(prefix)) name.erase(0, prefix.size());
  }
}

// The types of arguments that leaves list.
class AskedTypes {
 public:
  AskedTypes(const FactQueries& queries, KernelFacts& facts)
      : asked_(queries.types.begin(), queries.types.end()), facts_(facts) {}

  void look(const btf* types, const btf_param& param, uint8_t index,
            std::vector<Parameter>& parameters) {
    if (asked_.empty()) return;
    std::string text = type_text(types, param.type);
    if (!asked_.contains(text)) return;
    const auto [known, is_new] = facts_.types.try_emplace(text);
    if (is_new) {
      known->second = describe_value(types, param.type);
      shorten_names(text, known->second.names);
    }
    parameters.push_back({index, btf__name_by_offset(types, param.name_off), std::move(text)});
  }

 private:
  std::set<std::string, std::less<>> asked_;
  KernelFacts& facts_;
};

bool is_flow(const btf* types, uint32_t type) {
  return indirections_of("flowi4", types, type) == 1 || indirections_of("flowi6", types, type) == 1;
}

// Passed by value in more than a register, or on the stack.
bool is_large(const btf* types, uint32_t type) {
  return type != 0 && btf__resolve_size(types, type) > static_cast<int64_t>(sizeof(uint64_t));
}

void describe(const btf* types, const btf_type* proto, AskedTypes& asked, Function& function) {
  const btf_param* params = btf_params(proto);
  function.in_btf = true;
  function.arguments = static_cast<uint8_t>(std::min<int>(btf_vlen(proto), UINT8_MAX));
  function.returns = describe_return(types, proto);
  for (uint8_t i = 0; i < function.arguments; ++i) {
    function.large_argument = is_large(types, params[i].type);
    if (function.large_argument) return;
    asked.look(types, params[i], i, function.parameters);
    const int indirections = indirections_of("sk_buff", types, params[i].type);
    if (indirections == 1) {
      if (!function.skb_index) function.skb_index = i;
      function.skb_indexes.push_back(i);
    } else if (indirections == 2 && !function.skbp_index) {
      function.skbp_index = i;
    } else if (!function.sock_index && indirections_of("sock", types, params[i].type) == 1) {
      function.sock_index = i;
    } else if (!function.flow_index && is_flow(types, params[i].type)) {
      function.flow_index = i;
    }
  }
}

// A tracepoint's prototype is the typedef btf_trace_NAME; its first parameter is the probe's own
// data (include/trace/bpf_probe.h).
Tracepoint describe_tracepoint(const btf* types, const btf_type* prototype, AskedTypes& asked) {
  Tracepoint tracepoint;
  const btf_type* pointer = without_modifiers(types, prototype->type);
  if (pointer == nullptr || !btf_is_ptr(pointer)) return tracepoint;
  const btf_type* proto = btf__type_by_id(types, pointer->type);
  if (proto == nullptr || !btf_is_func_proto(proto)) return tracepoint;
  const btf_param* params = btf_params(proto);
  for (int i = 1; i < btf_vlen(proto); ++i) {
    const auto argument = static_cast<uint8_t>(i - 1);
    asked.look(types, params[i], argument, tracepoint.parameters);
    if (!tracepoint.skb_arg && indirections_of("sk_buff", types, params[i].type) == 1) {
      tracepoint.skb_arg = argument;
    } else if (!tracepoint.sock_arg && indirections_of("sock", types, params[i].type) == 1) {
      tracepoint.sock_arg = argument;
    }
  }
  return tracepoint;
}

// The names of the fields in events/CATEGORY/NAME/format; none where tracefs is out of reach.
std::vector<std::string> format_fields(const std::string& tracepoint) {
  std::string path = tracepoint;
  path[path.find(':')] = '/';
  std::ifstream file;
  for (const char* root : {"/sys/kernel/tracing/events/", "/sys/kernel/debug/tracing/events/"}) {
    file.open(root + path + "/format");
    if (file.is_open()) break;
  }
  std::vector<std::string> fields;
  for (std::string line; std::getline(file, line);) {
    const size_t start = line.find("field:");
    const size_t end = line.find(';');
    if (start == std::string::npos || end == std::string::npos) continue;
    std::string field = line.substr(start, end - start);
    field = field.substr(field.find_last_of(" *") + 1);
    fields.push_back(field.substr(0, field.find('[')));
  }
  return fields;
}

class Walk {
 public:
  Walk(const FactQueries& queries, KernelFacts& facts) : facts_(facts), asked_(queries, facts) {
    for (const std::string& tracepoint : queries.tracepoints) {
      const size_t colon = tracepoint.find(':');
      if (colon != std::string::npos) {
        tracepoints_.emplace("btf_trace_" + tracepoint.substr(colon + 1), tracepoint);
        if (!queries.types.empty()) {
          callers_.emplace("__traceiter_" + tracepoint.substr(colon + 1), tracepoint);
        }
      }
    }
    for (auto& [name, function] : facts.functions) {
      const size_t dot = name.find('.');
      if (dot != std::string::npos) clones_.emplace(name.substr(0, dot), &function);
    }
  }

  // `module` is empty for the kernel proper: functions are described by their own BTF only.
  void over(const btf* types, uint32_t first_id, std::string_view module) {
    for (uint32_t id = first_id; id < btf__type_cnt(types); ++id) {
      const btf_type* type = btf__type_by_id(types, id);
      if (btf_is_func(type)) {
        function(types, id, module);
      } else if (btf_is_typedef(type)) {
        tracepoint(types, type);
      }
    }
  }

  // The prototype of a tracepoint has no names of parameters: the function that calls its probes
  // has (DEFINE_TRACE_FN of include/linux/tracepoint.h, since 5.10).
  void name_parameters() {
    for (auto& [name, tracepoint] : facts_.tracepoints) {
      const auto names = names_.find(name);
      if (names == names_.end()) continue;
      for (Parameter& parameter : tracepoint.parameters) {
        const size_t behind_data = parameter.index + size_t{1};
        if (behind_data < names->second.size()) parameter.name = names->second[behind_data];
      }
    }
  }

 private:
  static std::vector<std::string> parameter_names(const btf* types, const btf_type* proto) {
    std::vector<std::string> names;
    names.reserve(btf_vlen(proto));
    for (int i = 0; i < btf_vlen(proto); ++i) {
      names.emplace_back(btf__name_by_offset(types, btf_params(proto)[i].name_off));
    }
    return names;
  }

  void function(const btf* types, uint32_t id, std::string_view module) {
    const btf_type* type = btf__type_by_id(types, id);
    const std::string_view name = btf__name_by_offset(types, type->name_off);
    const auto [first_clone, last_clone] = clones_.equal_range(name);
    for (auto clone = first_clone; clone != last_clone; ++clone) {
      clone->second->returns = describe_return(types, btf__type_by_id(types, type->type));
    }
    if (const auto caller = callers_.find(name); caller != callers_.end()) {
      names_[caller->second] = parameter_names(types, btf__type_by_id(types, type->type));
    }
    const auto found = facts_.functions.find(name);
    if (found == facts_.functions.end() || found->second.in_btf) return;
    if (found->second.module != module) return;
    found->second.btf_id = id;
    describe(types, btf__type_by_id(types, type->type), asked_, found->second);
  }

  void tracepoint(const btf* types, const btf_type* type) {
    const std::string_view name = btf__name_by_offset(types, type->name_off);
    if (!name.starts_with("btf_trace_")) return;
    const auto found = tracepoints_.find(name);
    if (found == tracepoints_.end()) return;
    Tracepoint tracepoint = describe_tracepoint(types, type, asked_);
    tracepoint.fields = format_fields(found->second);
    facts_.tracepoints.emplace(found->second, std::move(tracepoint));
  }

  KernelFacts& facts_;
  AskedTypes asked_;
  // foo of foo.constprop.0, which has lost arguments, but returns the same.
  std::multimap<std::string, Function*, std::less<>> clones_;
  std::map<std::string, std::string, std::less<>> tracepoints_;  // typedef's name -> tracepoint
  std::map<std::string, std::string, std::less<>> callers_;      // function's name -> tracepoint
  std::map<std::string, std::vector<std::string>, std::less<>> names_;  // by tracepoint
};

}  // namespace

void read_btf(KernelTypes& types, const FactQueries& queries, KernelFacts& facts) {
  const btf* const kernel = types.kernel();
  if (kernel == nullptr) return;
  Walk walk(queries, facts);
  walk.over(kernel, 1, {});
  std::set<std::string> modules;
  for (const auto& [name, function] : facts.functions) {
    if (!function.module.empty()) modules.insert(function.module);
  }
  for (const std::string& module : modules) {
    if (const btf* own = types.module(module)) walk.over(own, btf__type_cnt(kernel), module);
  }
  walk.name_parameters();
}

}  // namespace nettrace
