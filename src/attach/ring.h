// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The reader's end of the ring buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/fd.h"
#include "base/result.h"
#include "event/source.h"

struct ring_buffer;

namespace nettrace {

class Ring {
 public:
  // `map`: the descriptor of a map of the type BPF_MAP_TYPE_RINGBUF; it outlives the ring.
  static Result<std::unique_ptr<Ring>> open(int map);
  ~Ring();
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;

  // Becomes readable when the kernel side wakes its reader, which is not at every record.
  int fd() const { return woken_.get(); }
  // What is sent from now on is not for the next take().
  void end_here() { end_ = __atomic_load_n(producer_, __ATOMIC_SEQ_CST); }
  // Hands over at most `max` records; gives how many.
  Result<size_t> take(const EventSource::RecordCallback& callback, size_t max);
  // No record is there or being written.
  bool is_empty() const;

 private:
  struct Free {
    void operator()(ring_buffer* ring) const;
  };

  Ring() = default;
  static int on_record(void* self, void* data, size_t size);

  std::unique_ptr<ring_buffer, Free> ring_;
  Fd woken_;
  const volatile uint64_t* consumer_ = nullptr;  // bytes, from the beginning of the trace
  const volatile uint64_t* producer_ = nullptr;
  const EventSource::RecordCallback* callback_ = nullptr;  // during take() only
  size_t left_ = 0;                                        // during take() only
  uint64_t end_ = UINT64_MAX;  // position of the first record not to be taken
};

}  // namespace nettrace
