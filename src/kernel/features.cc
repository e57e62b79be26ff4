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
#include <string>
#include <utility>

#include "base/fd.h"
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

bool enum_has(const btf* types, const char* enum_name, const char* value_name) {
  const int id = btf__find_by_name_kind(types, enum_name, BTF_KIND_ENUM);
  if (id < 0) return false;
  const btf_type* type = btf__type_by_id(types, static_cast<uint32_t>(id));
  const struct btf_enum* values = btf_enum(type);
  for (int i = 0; i < btf_vlen(type); ++i) {
    if (std::string_view(btf__name_by_offset(types, values[i].name_off)) == value_name) return true;
  }
  return false;
}

// 0: there is none.
uint32_t function_id(const btf* types, const char* name) {
  return static_cast<uint32_t>(std::max(0, btf__find_by_name_kind(types, name, BTF_KIND_FUNC)));
}

// Before 5.11 maps count against RLIMIT_MEMLOCK, which libbpf raises; it tells by the same helper.
bool charges_memlock(const btf* types) {
  return types != nullptr && !enum_has(types, "bpf_func_id", "BPF_FUNC_ktime_get_coarse_ns");
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
bool multi_link_works(bpf_prog_type type, uint32_t attach_type) {
  const bpf_insn insns[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
  LIBBPF_OPTS(bpf_prog_load_opts, load);
  load.expected_attach_type = static_cast<bpf_attach_type>(attach_type);
  const Fd program(bpf_prog_load(type, "nettrace_probe", "GPL", insns, std::size(insns), &load));
  if (!program) return false;
  const Fd link = type == BPF_PROG_TYPE_TRACING
                      ? create_tracing_multi_link(program.get(), attach_type, {}, {})
                      : create_kprobe_multi_link(program.get(), attach_type, {}, {});
  return errno == EINVAL;
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
  features.cookies = enum_has(types, "bpf_func_id", "BPF_FUNC_get_attach_cookie");
  features.tracepoint_cookies = features.cookies && !features.probing_denied &&
                                libbpf_probe_bpf_helper(BPF_PROG_TYPE_RAW_TRACEPOINT,
                                                        BPF_FUNC_get_attach_cookie, nullptr) > 0;
  const auto works = [&](const char* enumerator, bpf_prog_type type, uint32_t attach_type) {
    return !features.probing_denied && enum_has(types, "bpf_attach_type", enumerator) &&
           multi_link_works(type, attach_type);
  };
  features.kprobe_multi = works("BPF_TRACE_KPROBE_MULTI", BPF_PROG_TYPE_KPROBE, kprobe_multi_type);
  features.fentry_multi = works("BPF_TRACE_FENTRY_MULTI", BPF_PROG_TYPE_TRACING, fentry_multi_type);
  features.fentry = enum_has(types, "bpf_attach_type", "BPF_TRACE_FENTRY");
  features.typed_fentry = !has_rdonly_cast(types);
  features.session_is_return = function_id(types, "bpf_session_is_return");
  features.session_cookie = function_id(types, "bpf_session_cookie");
  features.sessions = features.session_is_return != 0 && features.session_cookie != 0 &&
                      works("BPF_TRACE_KPROBE_SESSION", BPF_PROG_TYPE_KPROBE, kprobe_session_type);
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
  Features features = read_features(types.kernel());
  if (types.are_from_file()) without_type_numbers(features);
  return features;
}

KernelFacts read_kernel_facts(const FactQueries& queries, KernelTypes& types) {
  KernelFacts facts;
  facts.btf_file = types.file();
  facts.features = read_features(types);
  read_symbols(queries, facts);
  read_btf(types, queries, facts);
  if (facts.functions.size() > many_functions) find_closed_functions(facts);
  return facts;
}

}  // namespace nettrace
