#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace handout::stress {

// Where random choices come from: a seed, or a fuzzer's bytes. The same everywhere: std::uniform_int_distribution differs between libraries.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  // Once the bytes are used up every draw is 0, which makers take as the least there is.
  explicit Draws(std::span<const std::uint8_t> bytes) : bytes_(bytes), from_bytes_(true) {}

  // From 0 to n - 1. The bias of the remainder is no matter here.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>((from_bytes_ ? taken(n) : engine_()) % n); }
  bool one_in(std::size_t n) { return below(n) == n - 1; }

 private:
  std::uint64_t taken(std::size_t n) {
    std::uint64_t value = 0;
    for (std::size_t range = 1; range < n && !bytes_.empty(); range *= 256) {
      value = value * 256 + bytes_.front();
      bytes_ = bytes_.subspan(1);
    }
    return value;
  }

  std::mt19937_64 engine_{};
  std::span<const std::uint8_t> bytes_;
  bool from_bytes_ = false;
};

}  // namespace handout::stress
