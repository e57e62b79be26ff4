// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// One table of requirements; the report prints it, the obstacle is its first unmet need.
#include "plan/check_report.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "plan/backend.h"

namespace nettrace {
namespace {

enum class State { ok, missing, unknown };

struct Requirement {
  std::string_view name;
  bool is_needed = false;  // without it nothing can be traced
  State state = State::ok;
  std::string what;    // of missing and unknown
  std::string remedy;  // or how nettrace does without
};

// For what nobody can help on a running kernel.
std::string or_demo(std::string_view remedy) {
  return fmt::format("{}, or trace a throw-away VM, as scripts/demo of the sources does", remedy);
}

State present(bool feature) { return feature ? State::ok : State::missing; }

// `can_be_asked` is false where an absent feature may only be out of sight.
State present(bool feature, bool can_be_asked) {
  return feature || can_be_asked ? present(feature) : State::unknown;
}

Requirement mounts(const Features& features) {
  return {"mounts", true, present(features.unmounted.empty()),
          fmt::format("not mounted here: {}", fmt::join(features.unmounted, ", ")),
          "mount -t proc proc /proc, and mount -t sysfs sysfs /sys"};
}

Requirement privileges(const Features& features) {
  const auto& missing = features.missing_capabilities;
  return {"privileges", true, present(missing.empty()),
          fmt::format("lacking {}", fmt::join(missing, " and ")),
          fmt::format("run it as root, for example with sudo, or give it {}",
                      missing.size() == 1 ? "this capability" : "these capabilities")};
}

Requirement lockdown(const Features& features) {
  Requirement requirement{"lockdown", true, State::ok, "", ""};
  if (features.lockdown == Lockdown::confidentiality) {
    requirement.state = State::missing;
    requirement.what = "the kernel is locked down to confidentiality";
    requirement.remedy = or_demo("boot with lockdown=integrity or without lockdown");
  } else if (features.lockdown == Lockdown::unknown) {
    requirement.state = State::unknown;
    requirement.what = "/sys/kernel/security/lockdown cannot be read";
    requirement.remedy = "a kernel without lockdown has none; nettrace tries anyway";
  }
  return requirement;
}

// Tracepoints need none.
Requirement kprobes(const Features& features) {
  return {"kprobes", false, present(features.kprobes), "the kernel has no kprobes",
          attaches_functions(features)
              ? "functions that BTF describes are traced by fentry"
              : or_demo("only tracepoints can be traced, such as -t life; for functions boot a "
                        "kernel built with CONFIG_KPROBE_EVENTS")};
}

std::vector<Requirement> requirements(const Features& features) {
  if (!features.unmounted.empty()) return {mounts(features)};
  const bool asked = !features.probing_denied;
  const bool is_root = features.missing_capabilities.empty();
  const char* only_root = is_root ? "nobody can try it" : "only root can try it";
  const char* ask_as_root = is_root ? "the kernel's lockdown forbids it" : "ask again as root";
  return {
      privileges(features),
      lockdown(features),
      {"BTF", true, present(features.btf), "the kernel has no type information",
       or_demo("boot a kernel built with CONFIG_DEBUG_INFO_BTF")},
      kprobes(features),
      {"fprobe", false, present(features.kprobe_multi, asked),
       asked ? "the kernel cannot attach many functions at once" : only_root,
       !asked ? ask_as_root
       : features.kprobes
           ? "kprobes do as well, attached one by one; Linux 5.18 with CONFIG_FPROBE "
             "has it"
           : "Linux 5.18 with CONFIG_FPROBE has it"},
      {"cookies", false, present(features.cookies, features.btf || asked),
       asked ? "the kernel's probes carry no number" : "it is read from BTF",
       asked ? "nettrace loads a program for each function; Linux 5.15 has it" : ask_as_root},
      {"tracefs", false, present(features.tracefs, asked), asked ? "not mounted" : only_root,
       asked ? "tracepoints' fields go unchecked; mount -t tracefs tracefs /sys/kernel/tracing"
             : ask_as_root},
      {"symbols", true, present(features.symbols), "/proc/kallsyms cannot be read",
       "mount /proc and boot a kernel built with CONFIG_KALLSYMS"},
  };
}

std::string explain(const Requirement& requirement) {
  return fmt::format(": {} ({})", requirement.what, requirement.remedy);
}

}  // namespace

std::string check_report(const Features& features) {
  std::string report = fmt::format("{:<14}{}\n", "kernel", features.release);
  for (const Requirement& requirement : requirements(features)) {
    constexpr std::string_view words[] = {"ok", "missing", "unknown"};
    const auto state = words[static_cast<size_t>(requirement.state)];
    report += fmt::format("{:<14}{}{}\n", requirement.name, state,
                          requirement.state == State::ok ? "" : explain(requirement));
  }
  return report;
}

std::optional<Error> functions_obstacle(const Features& features) {
  if (attaches_functions(features)) return std::nullopt;
  const Requirement requirement = kprobes(features);
  return trace_error(requirement.what, requirement.remedy);
}

std::optional<Error> first_obstacle(const Features& features) {
  for (const Requirement& requirement : requirements(features)) {
    if (!requirement.is_needed || requirement.state != State::missing) continue;
    return trace_error(requirement.what, requirement.remedy);
  }
  return std::nullopt;
}

}  // namespace nettrace
