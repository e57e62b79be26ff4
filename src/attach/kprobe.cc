// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A perf event for each function, and another one for its return.
#include <bpf/bpf.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <fstream>

#include "attach/function_attacher.h"

namespace nettrace {
namespace {

uint32_t kprobe_pmu_type() {
  uint32_t type = 0;
  std::ifstream("/sys/bus/event_source/devices/kprobe/type") >> type;
  return type;
}

KernelResult<Fd> open_kprobe(const std::string& symbol, bool at_return) {
  static const uint32_t pmu = kprobe_pmu_type();
  perf_event_attr attributes{};
  attributes.size = sizeof(attributes);
  attributes.type = pmu;
  attributes.config = at_return ? 1 : 0;  // /sys/bus/event_source/devices/kprobe/format/retprobe
  attributes.config1 = reinterpret_cast<uint64_t>(symbol.c_str());
  // pid -1 and cpu 0: the program runs for hits on every CPU (perf_event_open(2)).
  return owned(
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, -1, 0, -1, PERF_FLAG_FD_CLOEXEC)));
}

class KprobeAttacher : public SingleAttacher {
 public:
  using SingleAttacher::SingleAttacher;

 private:
  KernelResult<Fd> link(const Attachment& function, bool at_return) override {
    const auto program = programs_.loaded(*variant_for(function, at_return));
    if (!program) return program.error();
    auto event = open_kprobe(function.target.name, at_return);
    if (!event) return event;
    if (features_.cookies) {
      LIBBPF_OPTS(bpf_link_create_opts, options);
      options.perf_event.bpf_cookie = cookie_of(function);
      return owned(bpf_link_create(*program, event->get(), BPF_PERF_EVENT, &options));
    }
    if (ioctl(event->get(), PERF_EVENT_IOC_SET_BPF, *program) != 0 ||
        ioctl(event->get(), PERF_EVENT_IOC_ENABLE, 0) != 0) {
      return last_error();
    }
    return event;
  }

  // Never an error.
  KernelResult<ProgramVariant> variant_for(const Attachment& function, bool at_return) override {
    if (!features_.cookies) return own_variant(function, at_return);
    return at_return ? return_variant(function) : shared_entry_variant(function);
  }
};

}  // namespace

std::unique_ptr<FunctionAttacher> make_kprobe_attacher(Programs& programs, const Features& features,
                                                       const std::atomic<bool>& stop) {
  return std::make_unique<KprobeAttacher>(programs, features, stop);
}

}  // namespace nettrace
