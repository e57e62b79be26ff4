// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "session.h"

#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace nettrace {
namespace {

// Each takes some 100 bytes of the kernel's memory, allocated at the start.
constexpr uint32_t most_lives = 65536;
constexpr uint32_t most_calls = 16384;

}  // namespace

void Session::FreeRing::operator()(ring_buffer* ring) const { ring_buffer__free(ring); }

Session::Session(BpfObject object) : object_(std::move(object)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::start(const AttachPlan& plan, const nt_config& config,
                                                const KernelFacts& facts,
                                                const std::atomic<bool>& stop) {
  auto object = BpfObject::load(
      {.config = config,
       .memory = {.vmemmap_base = facts.vmemmap_base, .page_offset_base = facts.page_offset_base},
       .session_is_return = facts.features.session_is_return,
       .session_cookie = facts.features.session_cookie,
       .most_lives = config.follow ? most_lives : 1,
       .most_calls = needs_frames(plan, facts.features) ? most_calls : 1});
  if (!object) return object.error();
  std::unique_ptr<Session> session(new Session(std::move(*object)));
  session->ring_.reset(
      ring_buffer__new(session->object_.ring_fd(), on_record, session.get(), nullptr));
  if (!session->ring_) {
    return trace_error(fmt::format("cannot map the ring buffer ({})", std::strerror(errno)));
  }
  session->probes_ = attach(plan, session->object_, facts.features, stop);
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

Result<bool> Session::take(const Taker& taker) {
  taker_ = &taker;
  const int taken = ring_buffer__consume(ring_.get());
  taker_ = nullptr;
  if (taken < 0) {
    return trace_error(fmt::format("cannot read the ring buffer ({})", std::strerror(-taken)));
  }
  return true;
}

Losses Session::losses() const {
  const nt_stats stats = object_.stats();
  return {
      .ring_full = stats.ring_full, .lives_full = stats.lives_full, .calls_full = stats.calls_full};
}

void Session::detach() { probes_.links.clear(); }

}  // namespace nettrace
