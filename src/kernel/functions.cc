// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which functions of the kernel handle packets, by its BTF.
#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <unordered_set>

#include "kernel/facts_reader.h"
#include "kernel/symbols.h"

namespace nettrace {
namespace {

bool has_skb(const btf* types, const btf_type* function) {
  const btf_type* proto = btf__type_by_id(types, function->type);
  const btf_param* params = btf_params(proto);
  return std::any_of(params, params + btf_vlen(proto), [types](const btf_param& param) {
    return indirections_of("sk_buff", types, param.type) != 0;
  });
}

class Collector {
 public:
  explicit Collector(const std::vector<std::string>& asked) : asked_(asked.begin(), asked.end()) {}

  void over(const btf* types, uint32_t first_id) {
    for (uint32_t id = first_id; id < btf__type_cnt(types); ++id) {
      const btf_type* type = btf__type_by_id(types, id);
      if (!btf_is_func(type) || btf_vlen(type) == BTF_FUNC_EXTERN) continue;
      const char* name = btf__name_by_offset(types, type->name_off);
      if (has_skb(types, type)) {
        with_skb_.insert(name);
      } else if (asked_.contains(name)) {
        without_skb_.insert(name);
      }
    }
  }

  FunctionNames take() {
    FunctionNames names;
    FactQueries in_no_btf;
    for (const std::string& name : asked_) {
      if (with_skb_.contains(name)) continue;
      if (without_skb_.contains(name)) {
        names.without_skb.push_back(name);
      } else {
        in_no_btf.functions.push_back(name);
      }
    }
    if (!in_no_btf.functions.empty()) {
      KernelFacts facts;
      read_symbols(in_no_btf, nullptr, facts);
      for (const auto& [name, function] : facts.functions) names.undescribed.push_back(name);
    }
    names.with_skb.assign(with_skb_.begin(), with_skb_.end());
    return names;
  }

 private:
  std::unordered_set<std::string> asked_;
  std::set<std::string> with_skb_;
  std::set<std::string> without_skb_;
};

}  // namespace

// kprobes follow it: where they may be set elsewhere (CONFIG_KPROBE_EVENTS_ON_NOTRACE), what is not
// in it is reported as missing.
void find_closed_functions(KernelFacts& facts) {
  std::ifstream file;
  for (const char* path : {"/sys/kernel/tracing/available_filter_functions",
                           "/sys/kernel/debug/tracing/available_filter_functions"}) {
    file.open(path);
    if (file.is_open()) break;
  }
  std::unordered_set<std::string> open;
  for (std::string line; std::getline(file, line);) open.insert(line.substr(0, line.find(' ')));
  if (open.empty()) return;
  for (auto& [name, function] : facts.functions) function.closed = !open.contains(name);
}

FunctionNames read_function_names(KernelTypes& types, const std::vector<std::string>& asked) {
  Collector collector(asked);
  const btf* const kernel = types.kernel();
  if (kernel == nullptr) return collector.take();
  collector.over(kernel, 1);
  for (const std::string& module : types.modules()) {
    if (const btf* own = types.module(module)) collector.over(own, btf__type_cnt(kernel));
  }
  return collector.take();
}

}  // namespace nettrace
