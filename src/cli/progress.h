#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "batch/batch.h"

namespace handout::cli {

// How far a job is, on standard error: one line that is written over on a terminal, no longer than the terminal is wide; elsewhere, and on a terminal that knows no escape sequences (TERM is dumb or not set), a line of its own
// every ten seconds.
class Progress final : public batch::Watcher {
  using Clock = std::chrono::steady_clock;

 public:
  Progress();

  void see(const batch::Tally& tally) override;
  // Removes the line.
  void end() const;
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  std::string line_of(const batch::Tally& tally, Clock::time_point now);

  // The first look at pieces that this run has made.
  struct Made { Clock::time_point at; std::uint64_t pieces = 0; double share = 0; };
  bool terminal_, shown_ = false;
  Clock::time_point start_ = Clock::now(), told_ = start_;
  std::optional<Made> made_;
};

}  // namespace handout::cli
