#pragma once

#include <sys/mman.h>

#include <cerrno>
#include <cstddef>
#include <new>

namespace handout::fonts {

// More than HarfBuzz asks for at once.
inline constexpr std::size_t kMoreMemory = std::size_t{64} << 20U;

inline bool is_more_memory_to_be_had() {
  void* const more = ::mmap(nullptr, kMoreMemory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return more != MAP_FAILED && ::munmap(more, kMoreMemory) == 0;
}

// What `work` gives, or std::bad_alloc. HarfBuzz goes on with less when it gets no memory and tells nobody: a font then has no glyphs, a word no shape.
// malloc(3) and mmap(2) tell, by errno; but glibc's malloc also where one thread's arena is full and another arena gives what was asked for.
template <typename Work>
auto with_memory(Work work) {
  errno = 0;
  auto result = work();
  if (errno == ENOMEM && !is_more_memory_to_be_had()) throw std::bad_alloc();
  return result;
}

}  // namespace handout::fonts
