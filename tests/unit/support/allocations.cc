// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every form is replaced, so that each pair matches under AddressSanitizer too.
#include "support/allocations.h"

#include <cstdlib>
#include <new>

static size_t count = 0;

static void* counted_malloc(size_t size) {
  ++count;
  return std::malloc(size);
}
static void* counted_new(size_t size) {
  if (void* memory = counted_malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size) { return counted_new(size); }
void* operator new[](size_t size) { return counted_new(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return counted_malloc(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return counted_malloc(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

size_t nettrace::test::allocations() { return count; }
