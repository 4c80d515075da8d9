#include "stress/counted_memory.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> times{0}, bytes{0};

}  // namespace

// The standard's other forms call these.
void* operator new(std::size_t size) {
  times.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(size, std::memory_order_relaxed);
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace handout::stress {

Taken taken_memory() { return {times.load(std::memory_order_relaxed), bytes.load(std::memory_order_relaxed)}; }

}  // namespace handout::stress
