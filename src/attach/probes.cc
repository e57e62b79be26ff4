// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What one backend cannot attach, the next one tries.
#include "attach/probes.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <numeric>
#include <system_error>
#include <thread>
#include <utility>

#include "attach/function_attacher.h"
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

  void attach(const std::vector<Attachment>& attachments) {
    std::vector<const Attachment*> functions;
    for (const Attachment& attachment : attachments) {
      if (stop_) return;
      if (attachment.kind == Attachment::Kind::tracepoint) {
        attach_tracepoint(attachment);
        progress_.step();
      } else {
        functions.push_back(&attachment);
      }
    }
    attach_functions(std::move(functions));
  }

  Probes take() {
    for (const auto& [backend, attacher] : attachers_) {
      const bool is_quick = backend == Backend::fentry_multi || backend == Backend::kprobe_multi;
      auto& links = is_quick ? probes_.quick_links : probes_.slow_links;
      auto taken = attacher->take_links();
      std::move(taken.begin(), taken.end(), std::back_inserter(links));
    }
    probes_.programs = programs_.take();
    return std::move(probes_);
  }

 private:
  void attach_functions(std::vector<const Attachment*> functions) {
    std::vector<AttachFailure> failures;
    for (const auto& [backend, attacher] : attachers_) {
      append(std::exchange(failures, {}), probes_.fell_back);
      const std::vector<Refusal> refusals = attacher->attach(functions, progress_);
      const auto counts = [](const Attachment* function) { return !function->is_hook; };
      probes_.functions[backend] +=
          static_cast<size_t>(std::count_if(functions.begin(), functions.end(), counts));
      functions.clear();
      for (const Refusal& refusal : refusals) {
        functions.push_back(refusal.attachment);
        failures.push_back(describe(*refusal.attachment, refusal.error, name_of(backend)));
        if (!refusal.attachment->is_hook) --probes_.functions[backend];
      }
      if (functions.empty()) return;
    }
    progress_.step(failures.size());
    append(std::move(failures), probes_.failures);
  }

  void attach_tracepoint(const Attachment& tracepoint) {
    const uint64_t cookie = cookie_of(tracepoint);
    const int program = features_.tracepoint_cookies
                            ? programs_.shared(shared_entry_variant(tracepoint))
                            : programs_.own(own_variant(tracepoint, false));
    Fd link;
    if (program >= 0) {
      link = create_raw_tracepoint_link(program, tracepoint.symbol.c_str(),
                                        features_.tracepoint_cookies ? cookie : 0);
    }
    if (!link) {
      probes_.failures.push_back(describe(tracepoint, errno, "tracepoint"));
      return;
    }
    probes_.quick_links.push_back(std::move(link));
    if (!tracepoint.is_hook) ++probes_.tracepoints;
  }

  static AttachFailure describe(const Attachment& attachment, int error, std::string_view way) {
    return {attachment.is_hook, attachment.leaf, attachment.symbol, error, way};
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
  std::vector<std::thread> threads;
  std::atomic<size_t> next = slow_links.size();
  const auto close_some = [&] {
    for (size_t i = next--; i > 0 && i <= slow_links.size(); i = next--) {
      slow_links[i - 1] = Fd();
      progress.step();
    }
  };
  try {
    while (threads.size() + 1 < std::min(slow_links.size(), max_threads)) {
      threads.emplace_back(close_some);
    }
  } catch (const std::system_error&) {  // no more threads: those that there are do it
  }
  close_some();
  for (std::thread& thread : threads) thread.join();
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
  Attacher attacher(object, features, backends, stop, plan.hooks.size() + plan.attachments.size());
  attacher.attach(plan.hooks);
  attacher.attach(plan.attachments);
  return attacher.take();
}

}  // namespace nettrace
