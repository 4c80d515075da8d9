#pragma once

#include <memory>

namespace handout {

template <auto Destroy>
struct HandleDeleter {
  template <typename T>
  void operator()(T* object) const { Destroy(object); }
};

// Owns a C library's object: using HbBuffer = Handle<hb_buffer_t, hb_buffer_destroy>.
template <typename T, auto Destroy>
using Handle = std::unique_ptr<T, HandleDeleter<Destroy>>;

}  // namespace handout
