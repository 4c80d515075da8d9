#include "stress/counted_memory.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> times{0}, bytes{0};

}  // namespace

// The standard's other forms call these; the sanitizer's own do not, so that each form that is used stands here.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  times.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(size, std::memory_order_relaxed);
  return std::malloc(size > 0 ? size : 1);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace handout::stress {

Taken taken_memory() { return {times.load(std::memory_order_relaxed), bytes.load(std::memory_order_relaxed)}; }

}  // namespace handout::stress
