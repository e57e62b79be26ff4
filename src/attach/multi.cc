// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// kprobe.multi and fentry.multi: one link for all functions that one copy of a program serves;
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
    for (auto& [copy, group] : groups_of(functions)) need.copies.push_back(std::move(copy));
    for (const Refusal& refusal : failures_) need.unfit.push_back(refusal.attachment);
    return need;
  }

  std::vector<Refusal> attach(Functions functions, Progress& progress) override {
    for (const auto& [copy, group] : groups_of(functions)) attach_group(copy, group, progress);
    return std::move(failures_);
  }

 protected:
  // An error: not to be attached this way.
  virtual KernelResult<Done> prepare(const Attachment& function, Copy& copy) = 0;
  virtual KernelResult<Fd> link(int program, const Copy& copy, Functions functions,
                                std::span<const uint64_t> cookies) = 0;

  // Of a function whose return matters; `attach_type` is 0 where the kernel has none.
  KernelResult<Done> make_session(uint32_t attach_type, Copy& copy) const {
    if (!features_.sessions || attach_type == 0) return KernelError{EOPNOTSUPP};
    copy.expected_attach_type = attach_type;
    copy.variant |= NT_VARIANT_SESSION;
    return Done{};
  }

 private:
  using Groups = std::vector<std::pair<Copy, std::vector<const Attachment*>>>;

  // By the program that serves them; those that cannot be attached this way are in failures_.
  Groups groups_of(Functions functions) {
    std::map<Copy, std::vector<const Attachment*>> shared;
    failures_.clear();
    for (const Attachment* function : functions) {
      Copy copy = shared_entry_variant(*function);
      if (const auto prepared = prepare(*function, copy)) {
        shared[copy].push_back(function);
      } else {
        failures_.push_back({function, prepared.error().number});
      }
    }
    Groups groups;
    for (auto& [copy, group] : shared) {
      Copy own = own_variant(*group[0], false);  // shorter, and so sooner loaded
      const bool is_alone = group.size() == 1 && prepare(*group[0], own);
      groups.emplace_back(is_alone ? own : copy, std::move(group));
    }
    return groups;
  }

  // One unknown function fails the whole link: halves are tried until the culprits stand alone.
  void attach_group(const Copy& copy, Functions functions, Progress& progress) {
    if (functions.empty() || stop_) return;
    const auto program = programs_.loaded(copy);
    if (!program) return refuse(functions, program.error());  // no half of them will fare better
    std::vector<uint64_t> cookies;
    for (const Attachment* function : functions) cookies.push_back(cookie_of(*function));
    auto made = link(*program, copy, functions, cookies);
    if (made) {
      links_.push_back(std::move(*made));
      progress.step(functions.size());
    } else if (functions.size() == 1) {
      refuse(functions, made.error());
    } else {
      const size_t half = functions.size() / 2;
      attach_group(copy, functions.first(half), progress);
      attach_group(copy, functions.subspan(half), progress);
    }
  }

  void refuse(Functions functions, KernelError error) {
    for (const Attachment* function : functions) failures_.push_back({function, error.number});
  }

  std::vector<Refusal> failures_;
};

class KprobeMultiAttacher : public MultiAttacher {
 public:
  using MultiAttacher::MultiAttacher;

 private:
  KernelResult<Done> prepare(const Attachment& function, Copy& copy) override {
    copy.variant |= NT_VARIANT_CACHED_BY(function.is_hook ? 2 : 1);  // each is in the plan once
    copy.expected_attach_type = features_.attach_types.kprobe_multi;
    if (!function.returns) return Done{};
    return make_session(features_.attach_types.kprobe_session, copy);
  }

  KernelResult<Fd> link(int program, const Copy& copy, Functions functions,
                        std::span<const uint64_t> cookies) override {
    std::vector<const char*> symbols;
    for (const Attachment* function : functions) symbols.push_back(function->symbol.c_str());
    return create_kprobe_multi_link(program, copy.expected_attach_type, symbols, cookies);
  }
};

class FentryMultiAttacher : public MultiAttacher {
 public:
  using MultiAttacher::MultiAttacher;

 private:
  KernelResult<Done> prepare(const Attachment& function, Copy& copy) override {
    if (function.btf_id == 0) return KernelError{ENOENT};
    const auto module = modules_.fd(function.module);
    if (!module) return module.error();
    copy.variant |= NT_VARIANT_TRACING;
    copy.expected_attach_type = features_.attach_types.fentry_multi;
    copy.btf_fd = *module;
    if (!function.returns) return Done{};
    return make_session(features_.attach_types.fsession_multi, copy);
  }

  KernelResult<Fd> link(int program, const Copy& copy, Functions functions,
                        std::span<const uint64_t> cookies) override {
    std::vector<uint32_t> ids;
    for (const Attachment* function : functions) ids.push_back(function->btf_id);
    return create_tracing_multi_link(program, copy.expected_attach_type, ids, cookies);
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
