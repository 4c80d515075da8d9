#pragma once

#include <atomic>
#include <cstddef>
#include <future>

namespace handout {

// Calls `work` with each number below `count`, on this thread and another, for many small things that mostly wait for the disk. Where no thread is to be had, on this one.
template <typename Work>
void by_two(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto share = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  auto other = std::async(share);
  share();
  other.get();
}

}  // namespace handout
