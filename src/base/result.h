#pragma once

#include <tl/expected.hpp>

namespace handout {

// The reason is already in Diagnostics.
struct Failure {};

template <typename T>
using Result = tl::expected<T, Failure>;

}  // namespace handout
