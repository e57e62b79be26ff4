// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "probes.h"

#include <bpf/bpf.h>
#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <fstream>
#include <map>
#include <span>

namespace nettrace {
namespace {

using Attachments = std::vector<const Attachment*>;

uint64_t cookie_of(const Attachment& attachment) {
  const uint64_t sock = attachment.sock_index ? *attachment.sock_index + 1 : 0;
  return NT_COOKIE(attachment.leaf, attachment.skb_index, sock);
}

// One fprobe link for all functions that a program serves.
class MultiAttacher {
 public:
  MultiAttacher(int program, Probes& probes, const std::atomic<bool>& stop)
      : program_(program), probes_(probes), stop_(stop) {}

  // One unknown symbol fails the whole link: halves are tried until the culprits stand alone.
  void attach(std::span<const Attachment* const> functions) {
    if (functions.empty() || stop_) return;
    Fd link = create(functions);
    if (link) {
      probes_.links.push_back(std::move(link));
      probes_.attached += functions.size();
      return;
    }
    if (functions.size() == 1) {
      probes_.refused.push_back({functions[0]->leaf, functions[0]->symbol, errno});
      return;
    }
    const size_t half = functions.size() / 2;
    attach(functions.first(half));
    attach(functions.subspan(half));
  }

 private:
  Fd create(std::span<const Attachment* const> functions) const {
    std::vector<const char*> symbols;
    std::vector<__u64> cookies;
    for (const Attachment* function : functions) {
      symbols.push_back(function->symbol.c_str());
      cookies.push_back(cookie_of(*function));
    }
    LIBBPF_OPTS(bpf_link_create_opts, options);
    options.kprobe_multi.syms = symbols.data();
    options.kprobe_multi.cookies = cookies.data();
    options.kprobe_multi.cnt = static_cast<uint32_t>(symbols.size());
    return Fd(bpf_link_create(program_, 0, BPF_TRACE_KPROBE_MULTI, &options));
  }

  int program_;
  Probes& probes_;
  const std::atomic<bool>& stop_;
};

uint32_t kprobe_pmu_type() {
  uint32_t type = 0;
  std::ifstream("/sys/bus/event_source/devices/kprobe/type") >> type;
  return type;
}

Fd open_kprobe(const std::string& symbol) {
  static const uint32_t pmu = kprobe_pmu_type();
  perf_event_attr attributes{};
  attributes.size = sizeof(attributes);
  attributes.type = pmu;
  attributes.config1 = reinterpret_cast<uint64_t>(symbol.c_str());
  // pid -1 and cpu 0: the program runs for hits on every CPU (perf_event_open(2)).
  return Fd(
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, -1, 0, -1, PERF_FLAG_FD_CLOEXEC)));
}

// Returns the descriptor that keeps the probe alive; errno tells why there is none.
Fd attach_kprobe(const Attachment& function, const BpfObject& object, bool cookies) {
  Fd event = open_kprobe(function.symbol);
  if (!event) return {};
  const std::string name = program_name(function);
  if (cookies) {
    LIBBPF_OPTS(bpf_link_create_opts, options);
    options.perf_event.bpf_cookie = cookie_of(function);
    return Fd(bpf_link_create(object.program_fd(name), event.get(), BPF_PERF_EVENT, &options));
  }
  auto program = object.load_patched(name, cookie_of(function));
  if (!program || ioctl(event.get(), PERF_EVENT_IOC_SET_BPF, program->get()) != 0 ||
      ioctl(event.get(), PERF_EVENT_IOC_ENABLE, 0) != 0) {
    return {};
  }
  return event;
}

Fd attach_tracepoint(const Attachment& tracepoint, const BpfObject& object) {
  auto program = object.load_patched(program_name(tracepoint), cookie_of(tracepoint));
  if (!program) return {};
  return Fd(bpf_raw_tracepoint_open(tracepoint.symbol.c_str(), program->get()));
}

void keep(Fd link, const Attachment& attachment, Probes& probes) {
  if (link) {
    probes.links.push_back(std::move(link));
    ++probes.attached;
  } else {
    probes.refused.push_back({attachment.leaf, attachment.symbol, errno});
  }
}

}  // namespace

std::string program_name(const Attachment& attachment) {
  if (attachment.kind == Attachment::Kind::tracepoint) return "tracepoint";
  return fmt::format("{}_{}", attachment.skb_is_pointer_to_pointer ? "skbp" : "skb",
                     attachment.skb_index);
}

Probes attach(const AttachPlan& plan, const BpfObject& object, Backend backend,
              const Features& features, const std::atomic<bool>& stop) {
  Probes probes;
  std::map<std::string, Attachments> multi;
  for (const Attachment& attachment : plan.attachments) {
    if (stop) return probes;
    if (attachment.kind == Attachment::Kind::tracepoint) {
      keep(attach_tracepoint(attachment, object), attachment, probes);
    } else if (backend == Backend::kprobe_multi) {
      multi[program_name(attachment)].push_back(&attachment);
    } else {
      keep(attach_kprobe(attachment, object, features.cookies), attachment, probes);
      probes.slow_links = probes.attached;
    }
  }
  for (const auto& [program, functions] : multi) {
    MultiAttacher(object.program_fd(program), probes, stop).attach(functions);
  }
  return probes;
}

}  // namespace nettrace
