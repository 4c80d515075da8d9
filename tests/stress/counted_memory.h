#pragma once

#include <cstddef>

namespace handout::stress {

// How often this program has asked for memory with `new`, and for how many bytes: a measure of work that is the same on every machine.
struct Taken { std::size_t times = 0, bytes = 0; };
Taken taken_memory();

}  // namespace handout::stress
