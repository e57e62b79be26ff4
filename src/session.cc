// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "session.h"

#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace nettrace {

void Session::FreeRing::operator()(ring_buffer* ring) const { ring_buffer__free(ring); }

Session::Session(BpfObject object) : object_(std::move(object)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::start(const AttachPlan& plan, const nt_config& config,
                                                const KernelFacts& facts,
                                                const std::atomic<bool>& stop) {
  const Backend backend = facts.features.kprobe_multi ? Backend::kprobe_multi : Backend::kprobe;
  std::set<std::string> programs;
  for (const Attachment& attachment : plan.attachments) programs.insert(program_name(attachment));
  const nt_memory memory{.vmemmap_base = facts.vmemmap_base,
                         .page_offset_base = facts.page_offset_base};
  auto object = BpfObject::load(config, memory, backend, programs);
  if (!object) return object.error();
  std::unique_ptr<Session> session(new Session(std::move(*object)));
  session->ring_.reset(
      ring_buffer__new(session->object_.ring_fd(), on_record, session.get(), nullptr));
  if (!session->ring_) {
    return trace_error(fmt::format("cannot map the ring buffer ({})", std::strerror(errno)));
  }
  session->probes_ = attach(plan, session->object_, backend, facts.features, stop);
  const Probes& probes = session->probes_;
  if (probes.attached == 0 && !stop) {
    const int error = probes.refused.empty() ? 0 : probes.refused.front().error;
    return trace_error(fmt::format("the kernel refuses every probe ({})", std::strerror(error)),
                       "run nettrace --check to see what this machine allows");
  }
  return session;
}

int Session::fd() const { return ring_buffer__epoll_fd(ring_.get()); }

// libbpf's C code calls this: no exception may leave it.
int Session::on_record(void* session, void* data, size_t size) {
  try {
    (*static_cast<Session*>(session)->taker_)({static_cast<const std::byte*>(data), size});
    return 0;
  } catch (...) {
    return -ENOMEM;
  }
}

Result<Done> Session::take_all(const Taker& taker) {
  taker_ = &taker;
  const int taken = ring_buffer__consume(ring_.get());
  taker_ = nullptr;
  if (taken < 0) {
    return trace_error(fmt::format("cannot read the ring buffer ({})", std::strerror(-taken)));
  }
  return Done{};
}

Losses Session::losses() const { return {.ring_full = object_.stats().ring_full}; }

void Session::detach() { probes_.links.clear(); }

}  // namespace nettrace
