// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What one backend cannot attach, the next one tries.
#include "attach/probes.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>

#include "attach/function_attacher.h"
#include "base/number_text.h"
#include "base/start_times.h"
#include "base/threads.h"
#include "io/progress.h"
#include "kernel/bpf_link.h"

namespace nettrace {
namespace {

constexpr size_t max_threads = 128;

class Attacher {
 public:
  Attacher(const BpfObject& object, const Features& features, const std::vector<Backend>& backends,
           const std::atomic<bool>& stop, size_t attachments)
      : programs_(object), features_(features), stop_(stop), progress_("attaching", attachments) {
    for (const Backend backend : backends) {
      attachers_.emplace_back(backend, make_attacher(backend, programs_, features, stop));
    }
  }

  // What a backend is found to refuse only when it is attached, the next one loads then.
  void load(const AttachPlan& plan) {
    std::vector<ProgramVariant> variants;
    for (const auto* attachments : {&plan.hooks, &plan.attachments}) {
      auto functions = functions_of(*attachments);
      for (const auto& [backend, attacher] : attachers_) {
        if (functions.empty()) break;
        auto need = attacher->need(functions);
        std::move(need.variants.begin(), need.variants.end(), std::back_inserter(variants));
        functions = std::move(need.unfit);
      }
      for (const Attachment& attachment : *attachments) {
        if (!is_function(attachment.target)) variants.push_back(variant_for(attachment));
      }
    }
    programs_.load(std::move(variants), stop_);
  }

  void attach(const std::vector<Attachment>& attachments) {
    for (const Attachment& attachment : attachments) {
      if (stop_) return;
      if (is_function(attachment.target)) continue;
      attach_tracepoint(attachment);
      progress_.step();
    }
    attach_functions(functions_of(attachments));
  }

  Probes take() {
    for (const auto& [backend, attacher] : attachers_) {
      const bool is_quick = backend == Backend::fentry_multi || backend == Backend::kprobe_multi;
      auto& links = is_quick ? probes_.quick_links : probes_.slow_links;
      auto taken = attacher->take_links();
      std::move(taken.begin(), taken.end(), std::back_inserter(links));
    }
    probes_.refusal_reason = programs_.refusal_reason();
    probes_.programs = programs_.take();
    return std::move(probes_);
  }

 private:
  void attach_functions(std::vector<const Attachment*> functions) {
    std::vector<AttachFailure> failures;
    for (const auto& [backend, attacher] : attachers_) {
      append(std::exchange(failures, {}), probes_.fell_back);
      failures = attacher->attach(functions, progress_);
      const auto counts = [](const Attachment* function) { return !function->is_hook; };
      probes_.functions[backend] +=
          static_cast<size_t>(std::count_if(functions.begin(), functions.end(), counts));
      functions.clear();
      for (AttachFailure& failure : failures) {
        failure.way = name_of(backend);
        functions.push_back(failure.attachment);
        if (!failure.attachment->is_hook) --probes_.functions[backend];
      }
      if (functions.empty()) return;
    }
    progress_.step(failures.size());
    append(std::move(failures), probes_.failures);
  }

  void attach_tracepoint(const Attachment& tracepoint) {
    auto link = link_tracepoint(tracepoint);
    if (!link) {
      probes_.failures.push_back({&tracepoint, link.error().number, "tracepoint"});
      return;
    }
    probes_.quick_links.push_back(std::move(*link));
    if (!tracepoint.is_hook) ++probes_.tracepoints;
  }

  KernelResult<Fd> link_tracepoint(const Attachment& tracepoint) {
    const auto program = programs_.loaded(variant_for(tracepoint));
    if (!program) return program.error();
    return create_raw_tracepoint_link(*program, tracepoint.target.name.c_str(),
                                      features_.tracepoint_cookies ? cookie_of(tracepoint) : 0);
  }

  ProgramVariant variant_for(const Attachment& tracepoint) const {
    return features_.tracepoint_cookies ? shared_entry_variant(tracepoint)
                                        : own_variant(tracepoint, false);
  }

  static std::vector<const Attachment*> functions_of(const std::vector<Attachment>& attachments) {
    std::vector<const Attachment*> functions;
    for (const Attachment& attachment : attachments) {
      if (is_function(attachment.target)) functions.push_back(&attachment);
    }
    return functions;
  }

  static void append(std::vector<AttachFailure> more, std::vector<AttachFailure>& list) {
    std::move(more.begin(), more.end(), std::back_inserter(list));
  }

  Programs programs_;
  const Features& features_;
  const std::atomic<bool>& stop_;
  Progress progress_;
  std::vector<std::pair<Backend, std::unique_ptr<FunctionAttacher>>> attachers_;
  Probes probes_;
};

void close_last_first(std::vector<Fd>& links) {
  while (!links.empty()) links.pop_back();
}

}  // namespace

size_t Probes::attached() const {
  return std::accumulate(functions.begin(), functions.end(), tracepoints,
                         [](size_t sum, const auto& entry) { return sum + entry.second; });
}

// Closing one waits for the kernel's grace periods, which closing many at a time share.
void Probes::detach() {
  close_last_first(quick_links);
  Progress progress("detaching", slow_links.size());
  std::atomic<size_t> next = slow_links.size();
  run_in_threads(std::min(slow_links.size(), max_threads), [&] {
    for (size_t i = next--; i > 0 && i <= slow_links.size(); i = next--) {
      slow_links[i - 1] = Fd();
      progress.step();
    }
  });
  slow_links.clear();
}

// bpf_prog_info.recursion_misses: since 5.12 of trampolines, since 6.7 of kprobes.
uint64_t Probes::missed() const {
  uint64_t sum = 0;
  for (const Fd& program : programs) {
    bpf_prog_info info{};
    uint32_t size = sizeof(info);
    if (bpf_obj_get_info_by_fd(program.get(), &info, &size) == 0) sum += info.recursion_misses;
  }
  return sum;
}

bool watches_returns(const AttachPlan& plan) {
  const auto returns = [](const Attachment& attachment) { return attachment.returns; };
  return std::any_of(plan.attachments.begin(), plan.attachments.end(), returns) ||
         std::any_of(plan.hooks.begin(), plan.hooks.end(), returns);
}

Probes attach(const AttachPlan& plan, const BpfObject& object, const Features& features,
              const std::vector<Backend>& backends, const std::atomic<bool>& stop) {
  const size_t attachments = plan.hooks.size() + plan.attachments.size();
  Attacher attacher(object, features, backends, stop, attachments);
  attacher.load(plan);
  const Timed timed("attach " + counted(attachments, "probe"));
  attacher.attach(plan.hooks);
  attacher.attach(plan.attachments);
  return attacher.take();
}

}  // namespace nettrace
