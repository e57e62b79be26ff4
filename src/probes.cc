// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Functions are attached by kprobe.multi, those whose return is probed by kprobe sessions; where
// the kernel lacks either, by a perf kprobe each, and another one for the return.
#include "probes.h"

#include <bpf/bpf.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <span>

#include "multi_link.h"

namespace nettrace {
namespace {

using Attachments = std::vector<const Attachment*>;

uint64_t cookie_of(const Attachment& attachment) {
  const uint64_t sock = attachment.sock_index ? *attachment.sock_index + 1 : 0;
  uint64_t cookie = NT_COOKIE(attachment.leaf, sock);
  if (attachment.returns) cookie |= NT_COOKIE_RETURNS;
  if (attachment.at_return) cookie |= NT_COOKIE_AT_RETURN;
  if (attachment.stack) cookie |= NT_COOKIE_STACK;
  return cookie;
}

uint64_t shape_of(const Attachment& attachment) {
  uint64_t shape = attachment.skb_index;
  if (attachment.skb_is_pointer_to_pointer) shape |= NT_SHAPE_POINTER;
  if (attachment.ends) shape |= NT_SHAPE_END;
  return shape;
}

// The program of nettrace.bpf.c that serves an attachment.
std::string program_of(const Attachment& attachment) {
  const bool is_tracepoint = attachment.kind == Attachment::Kind::tracepoint;
  if (!attachment.is_hook) return is_tracepoint ? "tracepoint" : "function";
  if (is_tracepoint) return "consumed";
  return attachment.returns ? "merge" : "hook";
}

std::string return_program_of(const Attachment& attachment) {
  return attachment.is_hook ? "merge_returned" : "returned";
}

bool uses_multi(const Attachment& attachment, const Features& features) {
  return attachment.kind == Attachment::Kind::function && features.kprobe_multi &&
         (!attachment.returns || features.sessions);
}

uint32_t kprobe_pmu_type() {
  uint32_t type = 0;
  std::ifstream("/sys/bus/event_source/devices/kprobe/type") >> type;
  return type;
}

Fd open_kprobe(const std::string& symbol, bool at_return) {
  static const uint32_t pmu = kprobe_pmu_type();
  perf_event_attr attributes{};
  attributes.size = sizeof(attributes);
  attributes.type = pmu;
  attributes.config = at_return ? 1 : 0;  // /sys/bus/event_source/devices/kprobe/format/retprobe
  attributes.config1 = reinterpret_cast<uint64_t>(symbol.c_str());
  // pid -1 and cpu 0: the program runs for hits on every CPU (perf_event_open(2)).
  return Fd(
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, -1, 0, -1, PERF_FLAG_FD_CLOEXEC)));
}

class Attacher {
 public:
  Attacher(const BpfObject& object, const Features& features, const std::atomic<bool>& stop)
      : object_(object), features_(features), stop_(stop) {}

  void attach(std::span<const Attachment> attachments) {
    std::map<Copy, Attachments> multi;
    for (const Attachment& attachment : attachments) {
      if (stop_) return;
      if (attachment.kind == Attachment::Kind::tracepoint) {
        attach_tracepoint(attachment);
      } else if (uses_multi(attachment, features_)) {
        multi[multi_copy(attachment)].push_back(&attachment);
      } else {
        attach_kprobes(attachment);
      }
    }
    for (const auto& [copy, functions] : multi) attach_multi(copy, functions);
  }

  Probes take() { return std::move(probes_); }

 private:
  static Copy multi_copy(const Attachment& attachment) {
    const bool session = attachment.returns;
    return {.program = program_of(attachment),
            .shape = shape_of(attachment) | (session ? NT_SHAPE_SESSION : 0),
            .expected_attach_type = session ? kprobe_session : uint32_t{BPF_TRACE_KPROBE_MULTI}};
  }

  // Loaded once; -1 with errno: the kernel refuses it.
  int program(const Copy& copy) {
    const auto found = programs_.find(copy);
    if (found != programs_.end()) return found->second.get();
    auto loaded = object_.load_copy(copy);
    if (!loaded) return -1;
    return programs_.emplace(copy, std::move(*loaded)).first->second.get();
  }

  // One unknown symbol fails the whole link: halves are tried until the culprits stand alone.
  void attach_multi(const Copy& copy, std::span<const Attachment* const> functions) {
    if (functions.empty() || stop_) return;
    std::vector<const char*> symbols;
    std::vector<uint64_t> cookies;
    for (const Attachment* function : functions) {
      symbols.push_back(function->symbol.c_str());
      cookies.push_back(cookie_of(*function));
    }
    const int loaded = program(copy);
    Fd link;
    if (loaded >= 0) link = create_multi_link(loaded, copy.expected_attach_type, symbols, cookies);
    if (link) {
      probes_.links.push_back(std::move(link));
      for (const Attachment* function : functions) count(*function);
    } else if (functions.size() == 1) {
      refuse(*functions[0]);
    } else {
      const size_t half = functions.size() / 2;
      attach_multi(copy, functions.first(half));
      attach_multi(copy, functions.subspan(half));
    }
  }

  // The return first: no call is begun whose return goes unseen.
  void attach_kprobes(const Attachment& function) {
    const Copy entry{.program = program_of(function), .shape = shape_of(function)};
    const Copy exit{.program = return_program_of(function)};
    Fd at_return;
    if (function.returns) {
      at_return = attach_kprobe(function, exit, true);
      if (!at_return) return refuse(function);
    }
    Fd at_entry = attach_kprobe(function, entry, false);
    if (!at_entry) return refuse(function);
    for (Fd* link : {&at_entry, &at_return}) {
      if (!*link) continue;
      probes_.links.push_back(std::move(*link));
      ++probes_.slow_links;
    }
    count(function);
  }

  // Returns the descriptor that keeps the probe alive; errno tells why there is none.
  Fd attach_kprobe(const Attachment& function, Copy copy, bool at_return) {
    Fd event = open_kprobe(function.symbol, at_return);
    if (!event) return {};
    if (features_.cookies) {
      const int loaded = program(copy);
      if (loaded < 0) return {};
      LIBBPF_OPTS(bpf_link_create_opts, options);
      options.perf_event.bpf_cookie = cookie_of(function);
      return Fd(bpf_link_create(loaded, event.get(), BPF_PERF_EVENT, &options));
    }
    copy.cookie = cookie_of(function);
    const auto own = object_.load_copy(copy);
    if (!own || ioctl(event.get(), PERF_EVENT_IOC_SET_BPF, own->get()) != 0 ||
        ioctl(event.get(), PERF_EVENT_IOC_ENABLE, 0) != 0) {
      return {};
    }
    return event;
  }

  void attach_tracepoint(const Attachment& tracepoint) {
    const auto own = object_.load_copy({.program = program_of(tracepoint),
                                        .shape = shape_of(tracepoint),
                                        .cookie = cookie_of(tracepoint)});
    Fd link;
    if (own) link = Fd(bpf_raw_tracepoint_open(tracepoint.symbol.c_str(), own->get()));
    if (!link) return refuse(tracepoint);
    probes_.links.push_back(std::move(link));
    count(tracepoint);
  }

  void count(const Attachment& attachment) {
    if (!attachment.is_hook) ++probes_.attached;
  }
  void refuse(const Attachment& attachment) {
    probes_.refused.push_back({attachment.is_hook, attachment.leaf, attachment.symbol, errno});
  }

  const BpfObject& object_;
  const Features& features_;
  const std::atomic<bool>& stop_;
  std::map<Copy, Fd> programs_;  // a link keeps its program alive
  Probes probes_;
};

}  // namespace

bool needs_frames(const AttachPlan& plan, const Features& features) {
  const auto by_frame = [&](const Attachment& attachment) {
    return attachment.returns && !uses_multi(attachment, features);
  };
  return std::any_of(plan.attachments.begin(), plan.attachments.end(), by_frame) ||
         std::any_of(plan.hooks.begin(), plan.hooks.end(), by_frame);
}

Probes attach(const AttachPlan& plan, const BpfObject& object, const Features& features,
              const std::atomic<bool>& stop) {
  Attacher attacher(object, features, stop);
  attacher.attach(plan.hooks);
  attacher.attach(plan.attachments);
  return attacher.take();
}

}  // namespace nettrace
