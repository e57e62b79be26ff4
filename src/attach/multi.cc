// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// kprobe.multi and fentry.multi: one link for all functions that one copy of a program serves;
// functions whose return matters are sessions, hit twice.
#include <cerrno>
#include <string>

#include "attach/function_attacher.h"
#include "kernel/bpf_link.h"
#include "kernel/module_btf.h"

namespace nettrace {
namespace {

using Functions = std::span<const Attachment* const>;

class MultiAttacher : public FunctionAttacher {
 public:
  using FunctionAttacher::FunctionAttacher;

  std::vector<Refusal> attach(Functions functions, Progress& progress) override {
    std::map<Copy, std::vector<const Attachment*>> groups;
    failures_.clear();
    for (const Attachment* function : functions) {
      Copy copy = shared_entry_variant(*function);
      if (prepare(*function, copy)) {
        groups[copy].push_back(function);
      } else {
        failures_.push_back({function, errno});
      }
    }
    for (const auto& [copy, group] : groups) {
      if (group.size() > 1) {
        attach_group(copy, group, progress);
        continue;
      }
      Copy own = own_variant(*group[0], false);  // shorter, and so sooner loaded
      prepare(*group[0], own);
      attach_group(own, group, progress);
    }
    return std::move(failures_);
  }

 protected:
  // False with errno: not to be attached this way.
  virtual bool prepare(const Attachment& function, Copy& copy) = 0;
  virtual Fd link(int program, const Copy& copy, Functions functions,
                  std::span<const uint64_t> cookies) = 0;

  bool sessions_work() const {
    errno = EOPNOTSUPP;
    return features_.sessions;
  }

 private:
  // One unknown function fails the whole link: halves are tried until the culprits stand alone.
  void attach_group(const Copy& copy, Functions functions, Progress& progress) {
    if (functions.empty() || stop_) return;
    std::vector<uint64_t> cookies;
    for (const Attachment* function : functions) cookies.push_back(cookie_of(*function));
    const int loaded = programs_.shared(copy);
    Fd made;
    if (loaded >= 0) made = link(loaded, copy, functions, cookies);
    if (made) {
      links_.push_back(std::move(made));
      progress.step(functions.size());
    } else if (functions.size() == 1) {
      failures_.push_back({functions[0], errno});
    } else if (loaded < 0) {  // no half of them will fare better
      for (const Attachment* function : functions) failures_.push_back({function, errno});
    } else {
      const size_t half = functions.size() / 2;
      attach_group(copy, functions.first(half), progress);
      attach_group(copy, functions.subspan(half), progress);
    }
  }

  std::vector<Refusal> failures_;
};

class KprobeMultiAttacher : public MultiAttacher {
 public:
  using MultiAttacher::MultiAttacher;

 private:
  bool prepare(const Attachment& function, Copy& copy) override {
    copy.variant |= NT_VARIANT_CACHED_BY(function.is_hook ? 2 : 1);  // each is in the plan once
    copy.expected_attach_type = kprobe_multi_type;
    if (!function.returns) return true;
    copy.expected_attach_type = kprobe_session_type;
    copy.variant |= NT_VARIANT_SESSION;
    return sessions_work();
  }

  Fd link(int program, const Copy& copy, Functions functions,
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
  bool prepare(const Attachment& function, Copy& copy) override {
    errno = ENOENT;
    if (function.btf_id == 0) return false;
    copy.variant |= NT_VARIANT_TRACING;
    copy.expected_attach_type = fentry_multi_type;
    copy.btf_fd = modules_.fd(function.module);
    if (copy.btf_fd < 0) return false;
    if (!function.returns) return true;
    copy.expected_attach_type = fsession_multi_type;
    copy.variant |= NT_VARIANT_SESSION;
    return sessions_work();
  }

  Fd link(int program, const Copy& copy, Functions functions,
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
