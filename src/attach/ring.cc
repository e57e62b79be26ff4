// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// libbpf reads the records. Its own descriptor is readable as long as there are any, so that nobody
// could wait beside a ring that is filling; this one tells of wake-ups only.
#include "attach/ring.h"

#include <bpf/libbpf.h>
#include <fmt/core.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace nettrace {
namespace {

constexpr int enough = -ECANCELED;

size_t page_bytes() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

Error cannot(std::string_view what, int error) {
  return trace_error(fmt::format("cannot {} the ring buffer ({})", what, std::strerror(error)));
}

}  // namespace

void Ring::Free::operator()(ring_buffer* ring) const { ring_buffer__free(ring); }

Result<std::unique_ptr<Ring>> Ring::open(int map) {
  std::unique_ptr<Ring> ring(new Ring());
  ring->ring_.reset(ring_buffer__new(map, on_record, ring.get(), nullptr));
  if (!ring->ring_) return cannot("map", errno);
  // The consumer's position is in the first page, the producer's in the second.
  void* const pages = mmap(nullptr, 2 * page_bytes(), PROT_READ, MAP_SHARED, map, 0);
  if (pages == MAP_FAILED) return cannot("map", errno);
  ring->consumer_ = static_cast<const volatile uint64_t*>(pages);
  ring->producer_ = ring->consumer_ + page_bytes() / sizeof(uint64_t);
  ring->woken_ = Fd(epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {}};
  if (epoll_ctl(ring->woken_.get(), EPOLL_CTL_ADD, map, &event) != 0) return cannot("watch", errno);
  return ring;
}

Ring::~Ring() {
  if (consumer_) munmap(const_cast<uint64_t*>(consumer_), 2 * page_bytes());
}

// libbpf's C code calls this: no exception may leave it.
int Ring::on_record(void* self, void* data, size_t size) {
  Ring& ring = *static_cast<Ring*>(self);
  try {
    (*ring.callback_)({static_cast<const std::byte*>(data), size});
  } catch (...) {
    return -ENOMEM;
  }
  // libbpf moves the position once this returns, by the record and its header, in steps of 8 bytes.
  const uint64_t next = *ring.consumer_ + (BPF_RINGBUF_HDR_SZ + size + 7) / 8 * 8;
  return --ring.left_ == 0 || next >= ring.end_ ? enough : 0;
}

Result<size_t> Ring::take(const EventSource::RecordCallback& callback, size_t max) {
  epoll_event event;
  epoll_wait(woken_.get(), &event, 1, 0);
  if (__atomic_load_n(consumer_, __ATOMIC_SEQ_CST) >= end_) {
    end_ = UINT64_MAX;
    return 0;
  }
  callback_ = &callback;
  left_ = max;
  const int taken = ring_buffer__consume(ring_.get());
  callback_ = nullptr;
  end_ = UINT64_MAX;
  if (taken < 0 && taken != enough) return cannot("read", -taken);
  return max - left_;
}

// A record that is being written now has moved the producer's position already.
bool Ring::is_empty() const {
  return __atomic_load_n(consumer_, __ATOMIC_SEQ_CST) ==
         __atomic_load_n(producer_, __ATOMIC_SEQ_CST);
}

}  // namespace nettrace
