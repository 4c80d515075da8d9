#pragma once

#include <cerrno>
#include <new>

namespace handout::fonts {

// What `work` gives, or std::bad_alloc. HarfBuzz goes on with less when it gets no memory and tells nobody: a font then has no glyphs, a word no shape.
// malloc(3) and mmap(2) tell, by errno.
template <typename Work>
auto with_memory(Work work) {
  errno = 0;
  auto result = work();
  if (errno == ENOMEM) throw std::bad_alloc();
  return result;
}

}  // namespace handout::fonts
