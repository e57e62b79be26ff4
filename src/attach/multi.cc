// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// kprobe.multi and fentry.multi: one link for all functions that one variant of a program serves;
// functions whose return matters are sessions, hit twice.
#include <cerrno>
#include <map>
#include <string>
#include <utility>

#include "attach/function_attacher.h"
#include "kernel/bpf_link.h"
#include "kernel/module_btf.h"

namespace nettrace {
namespace {

using Functions = std::span<const Attachment* const>;

class MultiAttacher : public FunctionAttacher {
 public:
  using FunctionAttacher::FunctionAttacher;

  Need need(Functions functions) override {
    Need need;
    for (auto& [variant, group] : groups_of(functions)) need.variants.push_back(std::move(variant));
    for (const AttachFailure& failure : failures_) need.unfit.push_back(failure.attachment);
    return need;
  }

  std::vector<AttachFailure> attach(Functions functions, Progress& progress) override {
    for (const auto& [variant, group] : groups_of(functions))
      attach_group(variant, group, progress);
    return std::move(failures_);
  }

 protected:
  // An error: not to be attached this way.
  virtual KernelResult<Done> prepare(const Attachment& function, ProgramVariant& variant) = 0;
  virtual KernelResult<Fd> link(int program, const ProgramVariant& variant, Functions functions,
                                std::span<const uint64_t> cookies) = 0;

  // Of a function whose return matters; `attach_type` is 0 where the kernel has none.
  KernelResult<Done> make_session(uint32_t attach_type, ProgramVariant& variant) const {
    if (!features_.sessions || attach_type == 0) return KernelError{EOPNOTSUPP};
    variant.expected_attach_type = attach_type;
    variant.flags |= NT_VARIANT_SESSION;
    return Done{};
  }

 private:
  using Groups = std::vector<std::pair<ProgramVariant, std::vector<const Attachment*>>>;

  // By the program that serves them; those that cannot be attached this way are in failures_.
  Groups groups_of(Functions functions) {
    std::map<ProgramVariant, std::vector<const Attachment*>> shared;
    failures_.clear();
    for (const Attachment* function : functions) {
      ProgramVariant variant = shared_entry_variant(*function);
      if (const auto prepared = prepare(*function, variant)) {
        shared[variant].push_back(function);
      } else {
        failures_.push_back({.attachment = function, .error = prepared.error().number});
      }
    }
    Groups groups;
    for (auto& [variant, group] : shared) {
      ProgramVariant own = own_variant(*group[0], false);  // shorter, and so sooner loaded
      const bool is_alone = group.size() == 1 && prepare(*group[0], own);
      groups.emplace_back(is_alone ? own : variant, std::move(group));
    }
    return groups;
  }

  // One unknown function fails the whole link: halves are tried until the culprits stand alone.
  void attach_group(const ProgramVariant& variant, Functions functions, Progress& progress) {
    if (functions.empty() || stop_) return;
    const auto program = programs_.loaded(variant);
    if (!program) return refuse(functions, program.error());  // no half of them will fare better
    std::vector<uint64_t> cookies;
    for (const Attachment* function : functions) cookies.push_back(cookie_of(*function));
    auto made = link(*program, variant, functions, cookies);
    if (made) {
      links_.push_back(std::move(*made));
      progress.step(functions.size());
    } else if (functions.size() == 1) {
      refuse(functions, made.error());
    } else {
      const size_t half = functions.size() / 2;
      attach_group(variant, functions.first(half), progress);
      attach_group(variant, functions.subspan(half), progress);
    }
  }

  void refuse(Functions functions, KernelError error) {
    for (const Attachment* function : functions)
      failures_.push_back({.attachment = function, .error = error.number});
  }

  std::vector<AttachFailure> failures_;
};

class KprobeMultiAttacher : public MultiAttacher {
 public:
  using MultiAttacher::MultiAttacher;

 private:
  KernelResult<Done> prepare(const Attachment& function, ProgramVariant& variant) override {
    variant.flags |= NT_VARIANT_CACHED_BY(function.is_hook ? 2 : 1);  // each is in the plan once
    variant.expected_attach_type = features_.attach_types.kprobe_multi;
    if (!function.returns) return Done{};
    return make_session(features_.attach_types.kprobe_session, variant);
  }

  KernelResult<Fd> link(int program, const ProgramVariant& variant, Functions functions,
                        std::span<const uint64_t> cookies) override {
    std::vector<const char*> symbols;
    for (const Attachment* function : functions) symbols.push_back(function->target.name.c_str());
    return create_kprobe_multi_link(program, variant.expected_attach_type, symbols, cookies);
  }
};

class FentryMultiAttacher : public MultiAttacher {
 public:
  using MultiAttacher::MultiAttacher;

 private:
  KernelResult<Done> prepare(const Attachment& function, ProgramVariant& variant) override {
    if (function.target.btf_id == 0) return KernelError{ENOENT};
    const auto module = modules_.fd(function.target.module);
    if (!module) return module.error();
    variant.flags |= NT_VARIANT_TRACING;
    variant.expected_attach_type = features_.attach_types.fentry_multi;
    variant.btf_fd = *module;
    if (!function.returns) return Done{};
    return make_session(features_.attach_types.fsession_multi, variant);
  }

  KernelResult<Fd> link(int program, const ProgramVariant& variant, Functions functions,
                        std::span<const uint64_t> cookies) override {
    std::vector<uint32_t> ids;
    for (const Attachment* function : functions) ids.push_back(function->target.btf_id);
    return create_tracing_multi_link(program, variant.expected_attach_type, ids, cookies);
  }

  ModuleBtf modules_;
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_kprobe_multi_attacher(Programs& programs,
                                                             const Features& features,
                                                             const std::atomic<bool>& stop) {
  return std::make_unique<KprobeMultiAttacher>(programs, features, stop);
}

std::unique_ptr<FunctionAttacher> make_fentry_multi_attacher(Programs& programs,
                                                             const Features& features,
                                                             const std::atomic<bool>& stop) {
  return std::make_unique<FentryMultiAttacher>(programs, features, stop);
}

}  // namespace nettrace
