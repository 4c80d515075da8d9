#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "batch/plots.h"

namespace handout::batch {

// Notes how many pieces were made by when; the longer it takes, the rarer, so that there are never more than 256 notes.
class SpeedRecorder {
 public:
  // Pieces of this run, so far.
  void see(std::uint64_t pieces) {
    const double now = seconds();
    if (now < next_) return;
    samples_.push_back({now, pieces});
    if (samples_.size() > kMost) {
      std::vector<Speed> half;
      for (std::size_t i = 1; i < samples_.size(); i += 2) half.push_back(samples_[i]);
      samples_ = std::move(half);
      step_ *= 2;
    }
    next_ = now + step_;
  }
  void end(std::uint64_t pieces) {
    ended_ = seconds();
    samples_.push_back({ended_, pieces});
  }
  // The list is read and sorted: from here on pieces are made.
  void begin_again() {
    first_pass_ = seconds();
    begin_ = Clock::now();
  }
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  [[nodiscard]] double ended() const { return ended_; }
  [[nodiscard]] double first_pass() const { return first_pass_; }
  [[nodiscard]] const std::vector<Speed>& samples() const { return samples_; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMost = 255;
  Clock::time_point begin_ = Clock::now();
  double next_ = 0.05, step_ = 0.05, ended_ = 0, first_pass_ = 0;
  std::vector<Speed> samples_;
};

}  // namespace handout::batch
