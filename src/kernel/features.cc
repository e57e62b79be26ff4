// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What this machine allows: each feature is tried or looked up, never concluded from a version.
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "base/fd.h"
#include "base/start_times.h"
#include "kernel/bpf_link.h"
#include "kernel/btf.h"
#include "kernel/facts_reader.h"
#include "kernel/symbols.h"

namespace nettrace {
namespace {

// linux/capability.h
constexpr int cap_sys_admin = 21;
constexpr int cap_sys_resource = 24;
constexpr int cap_perfmon = 38;
constexpr int cap_bpf = 39;

// For so many it takes less time to read which ones the kernel refuses than to find out by trying.
constexpr size_t many_functions = 400;

std::string first_line(const char* path) {
  std::string line;
  std::ifstream file(path);
  std::getline(file, line);
  return line;
}

bool readable(const char* path) { return access(path, R_OK) == 0; }

uint64_t effective_capabilities() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("CapEff:")) return std::stoull(line.substr(7), nullptr, 16);
  }
  return 0;
}

std::optional<uint32_t> enum_value(const btf* types, const char* enum_name,
                                   const char* value_name) {
  const int id = btf__find_by_name_kind(types, enum_name, BTF_KIND_ENUM);
  if (id < 0) return std::nullopt;
  const btf_type* type = btf__type_by_id(types, static_cast<uint32_t>(id));
  const struct btf_enum* values = btf_enum(type);
  for (int i = 0; i < btf_vlen(type); ++i) {
    if (std::string_view(btf__name_by_offset(types, values[i].name_off)) == value_name) {
      return static_cast<uint32_t>(values[i].val);
    }
  }
  return std::nullopt;
}

bool has_helper(const btf* types, const char* name) {
  return enum_value(types, "bpf_func_id", name).has_value();
}

// 0: there is none.
uint32_t attach_type(const btf* types, const char* name) {
  return enum_value(types, "bpf_attach_type", name).value_or(0);
}

// 0: there is none.
uint32_t function_id(const btf* types, const char* name) {
  return static_cast<uint32_t>(std::max(0, btf__find_by_name_kind(types, name, BTF_KIND_FUNC)));
}

// Before 5.11 maps count against RLIMIT_MEMLOCK, which libbpf raises; it tells by the same helper.
bool charges_memlock(const btf* types) {
  return types != nullptr && !has_helper(types, "BPF_FUNC_ktime_get_coarse_ns");
}

// Where the kernel lacks the function that bpf/kernel.h prefers for reading, libbpf looks for it in
// the modules' BTF, and listing those takes CAP_SYS_ADMIN (bpf_btf_get_next_id).
bool has_rdonly_cast(const btf* types) {
  return types != nullptr && function_id(types, "bpf_rdonly_cast") != 0;
}

std::vector<std::string> missing_capabilities(const btf* types) {
  const uint64_t held = effective_capabilities();
  const auto has = [held](int capability) { return (held >> capability & 1) != 0; };
  std::vector<std::string> missing;
  if (charges_memlock(types) && !has(cap_sys_resource)) missing.emplace_back("CAP_SYS_RESOURCE");
  if (has(cap_sys_admin)) return missing;  // it includes the others (capabilities(7))
  if (!has(cap_bpf)) missing.emplace_back("CAP_BPF");
  if (!has(cap_perfmon)) missing.emplace_back("CAP_PERFMON");
  if (!has_rdonly_cast(types)) missing.emplace_back("CAP_SYS_ADMIN");
  return missing;
}

Lockdown read_lockdown() {
  const std::string modes = first_line("/sys/kernel/security/lockdown");
  if (modes.find("[none]") != std::string::npos) return Lockdown::none;
  if (modes.find("[integrity]") != std::string::npos) return Lockdown::integrity;
  if (modes.find("[confidentiality]") != std::string::npos) return Lockdown::confidentiality;
  return Lockdown::unknown;
}

// Asks for a link to no function at all: EINVAL where the kernel knows such links, EOPNOTSUPP where
// it was built without fprobe (bpf_kprobe_multi_link_attach, 5.18 and later).
bool multi_link_works(bpf_prog_type type, uint32_t attach_as) {
  if (attach_as == 0) return false;
  const bpf_insn insns[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
  LIBBPF_OPTS(bpf_prog_load_opts, load);
  load.expected_attach_type = static_cast<bpf_attach_type>(attach_as);
  const Fd program(bpf_prog_load(type, "nettrace_probe", "GPL", insns, std::size(insns), &load));
  if (!program) return false;
  const auto link = type == BPF_PROG_TYPE_TRACING
                        ? create_tracing_multi_link(program.get(), attach_as, {}, {})
                        : create_kprobe_multi_link(program.get(), attach_as, {}, {});
  return !link && link.error().number == EINVAL;
}

// A program that does nothing, for a function that every kernel has.
bool fentry_loads(const btf* types) {
  const bpf_insn insns[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
  LIBBPF_OPTS(bpf_prog_load_opts, load);
  load.expected_attach_type = BPF_TRACE_FENTRY;
  load.attach_btf_id = function_id(types, "consume_skb");
  return bool(Fd(bpf_prog_load(BPF_PROG_TYPE_TRACING, "nettrace_probe", "GPL", insns,
                               std::size(insns), &load)));
}

// `types`: the kernel's own, or nullptr.
Features read_features(const btf* types) {
  Features features;
  features.btf = types != nullptr;
  for (const auto& [folder, inside] :
       {std::pair("/proc", "/proc/self/status"), std::pair("/sys", "/sys/kernel")}) {
    if (access(inside, F_OK) != 0) features.unmounted.emplace_back(folder);
  }
  features.missing_capabilities = missing_capabilities(types);
  utsname name{};
  uname(&name);
  features.release = name.release;
  features.lockdown = read_lockdown();
  features.kprobes = readable("/sys/bus/event_source/devices/kprobe/type");
  features.tracefs =
      readable("/sys/kernel/tracing/events") || readable("/sys/kernel/debug/tracing/events");
  features.symbols = !first_line("/proc/kallsyms").empty();
  features.probing_denied =
      !features.missing_capabilities.empty() || features.lockdown == Lockdown::confidentiality;
  if (!types) return features;
  features.cookies = has_helper(types, "BPF_FUNC_get_attach_cookie");
  features.tracepoint_cookies = features.cookies && !features.probing_denied &&
                                libbpf_probe_bpf_helper(BPF_PROG_TYPE_RAW_TRACEPOINT,
                                                        BPF_FUNC_get_attach_cookie, nullptr) > 0;
  features.attach_types = {.kprobe_multi = attach_type(types, "BPF_TRACE_KPROBE_MULTI"),
                           .kprobe_session = attach_type(types, "BPF_TRACE_KPROBE_SESSION"),
                           .fentry_multi = attach_type(types, "BPF_TRACE_FENTRY_MULTI"),
                           .fsession_multi = attach_type(types, "BPF_TRACE_FSESSION_MULTI")};
  const AttachTypes& as = features.attach_types;
  const auto works = [&](bpf_prog_type type, uint32_t attach_as) {
    return !features.probing_denied && multi_link_works(type, attach_as);
  };
  features.kprobe_multi = works(BPF_PROG_TYPE_KPROBE, as.kprobe_multi);
  features.fentry_multi = works(BPF_PROG_TYPE_TRACING, as.fentry_multi);
  features.fentry = attach_type(types, "BPF_TRACE_FENTRY") != 0;
  // Where kprobes are there, too, what fentry refuses is theirs, and trying takes time.
  if (!features.kprobes && !features.probing_denied && features.fentry) {
    features.fentry = fentry_loads(types);
  }
  features.typed_fentry = !has_rdonly_cast(types);
  features.session_is_return = function_id(types, "bpf_session_is_return");
  features.session_cookie = function_id(types, "bpf_session_cookie");
  features.sessions = features.session_is_return != 0 && features.session_cookie != 0 &&
                      works(BPF_PROG_TYPE_KPROBE, as.kprobe_session);
  return features;
}

// What takes the kernel's own numbers of its types and functions.
void without_type_numbers(Features& features) {
  features.fentry = false;
  features.fentry_multi = false;
  features.sessions = false;
  features.session_is_return = 0;
  features.session_cookie = 0;
}

}  // namespace

Features read_features(KernelTypes& types) {
  const btf* const kernel = types.kernel();
  const Timed timed("features");
  Features features = read_features(kernel);
  if (types.are_from_file()) without_type_numbers(features);
  return features;
}

// libbpf's types are only read, by this thread and by others.
PendingSymbols::PendingSymbols(const FactQueries& queries, KernelTypes& types)
    : queries_(queries), types_(types.are_from_file() ? nullptr : types.kernel()) {
  try {
    read_ = std::async(std::launch::async, [&queries, types = types_] {
      KernelFacts facts;
      read_symbols(queries, types, facts);
      return facts;
    });
  } catch (const std::system_error&) {  // no thread: it is read when it is needed
  }
}

void PendingSymbols::take(KernelFacts& facts) {
  const Timed timed("kernel symbols");
  if (!read_.valid()) return read_symbols(queries_, types_, facts);
  KernelFacts read = read_.get();
  facts.functions = std::move(read.functions);
  facts.vmemmap_base = read.vmemmap_base;
  facts.page_offset_base = read.page_offset_base;
}

KernelFacts read_kernel_facts(const FactQueries& queries, PendingSymbols& symbols,
                              const Features& features, KernelTypes& types) {
  KernelFacts facts;
  facts.btf_file = types.file();
  facts.features = features;
  symbols.take(facts);
  {
    const Timed timed("BTF");
    read_btf(types, queries, facts);
  }
  if (facts.functions.size() > many_functions) {
    const Timed timed("functions closed to probes");
    find_closed_functions(facts);
  }
  return facts;
}

KernelFacts read_kernel_facts(const FactQueries& queries, KernelTypes& types) {
  PendingSymbols symbols(queries, types);
  const Features features = read_features(types);
  return read_kernel_facts(queries, symbols, features, types);
}

}  // namespace nettrace
