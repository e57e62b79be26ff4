// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Memory that knows how much of it is in use, so that a bound holds for what containers really
// take.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory_resource>

namespace nettrace {

class CountedMemory : public std::pmr::memory_resource {
 public:
  // Bytes, those included that malloc() adds.
  size_t used() const { return used_; }

 private:
  // glibc's and musl's: a word in front, 16 bytes a step, 32 at least.
  static size_t cost(size_t bytes) {
    constexpr size_t word = sizeof(void*), step = 16, min_bytes = 32;
    return std::max(min_bytes, (bytes + word + step - 1) / step * step);
  }

  void* do_allocate(size_t bytes, size_t alignment) override {
    void* const memory = std::pmr::new_delete_resource()->allocate(bytes, alignment);
    used_ += cost(bytes);
    return memory;
  }
  void do_deallocate(void* memory, size_t bytes, size_t alignment) override {
    used_ -= cost(bytes);
    std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  size_t used_ = 0;
};

}  // namespace nettrace
