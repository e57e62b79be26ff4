// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel/bpf_link.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

namespace nettrace {
namespace {

// bpf_attr.raw_tracepoint since 6.10.
struct RawTracepoint {
  uint64_t name;
  uint32_t prog_fd;
  uint32_t pad;
  uint64_t cookie;
};

// bpf_attr.link_create.tracing_multi of 7.x.
struct TracingMulti {
  uint64_t ids;
  uint64_t cookies;
  uint32_t count;
  uint32_t pad;
};

KernelResult<Fd> call_bpf(bpf_cmd command, bpf_attr& attributes) {
  return owned(static_cast<int>(syscall(SYS_bpf, command, &attributes, sizeof(attributes))));
}

KernelResult<Fd> create_link(bpf_attr& attributes, int program, uint32_t attach_type) {
  attributes.link_create.prog_fd = static_cast<uint32_t>(program);
  attributes.link_create.attach_type = attach_type;
  return call_bpf(BPF_LINK_CREATE, attributes);
}

}  // namespace

KernelResult<Fd> create_kprobe_multi_link(int program, uint32_t attach_type,
                                          std::span<const char* const> symbols,
                                          std::span<const uint64_t> cookies) {
  bpf_attr attributes{};
  attributes.link_create.kprobe_multi.cnt = static_cast<uint32_t>(symbols.size());
  attributes.link_create.kprobe_multi.syms = reinterpret_cast<uint64_t>(symbols.data());
  attributes.link_create.kprobe_multi.cookies = reinterpret_cast<uint64_t>(cookies.data());
  return create_link(attributes, program, attach_type);
}

KernelResult<Fd> create_tracing_multi_link(int program, uint32_t attach_type,
                                           std::span<const uint32_t> ids,
                                           std::span<const uint64_t> cookies) {
  bpf_attr attributes{};
  const TracingMulti multi{.ids = reinterpret_cast<uint64_t>(ids.data()),
                           .cookies = reinterpret_cast<uint64_t>(cookies.data()),
                           .count = static_cast<uint32_t>(ids.size()),
                           .pad = 0};
  // It stands where the other kinds of links have their own.
  std::memcpy(
      reinterpret_cast<std::byte*>(&attributes) + offsetof(bpf_attr, link_create.kprobe_multi),
      &multi, sizeof(multi));
  return create_link(attributes, program, attach_type);
}

KernelResult<Fd> create_raw_tracepoint_link(int program, const char* tracepoint, uint64_t cookie) {
  bpf_attr attributes{};
  const RawTracepoint with_cookie{.name = reinterpret_cast<uint64_t>(tracepoint),
                                  .prog_fd = static_cast<uint32_t>(program),
                                  .pad = 0,
                                  .cookie = cookie};
  std::memcpy(&attributes, &with_cookie, sizeof(with_cookie));
  return call_bpf(BPF_RAW_TRACEPOINT_OPEN, attributes);
}

}  // namespace nettrace
