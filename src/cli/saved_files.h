#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "base/diagnostics.h"

namespace handout::cli {

// Waits until files of some folders are saved, by whatever means (written and closed, or renamed over the old one), or until the program is
// interrupted (SIGINT, SIGTERM), which from open() on ends wait() rather than the program. Linux: inotify(7), signalfd(2).
class SavedFiles {
 public:
  struct Saved {
    std::set<std::filesystem::path> files;
    bool lost_count = false;                     // so many were saved that the system did not list them all
    std::chrono::steady_clock::time_point at;    // when the first of them was seen
  };

  static Result<SavedFiles> open(Diagnostics& diags);
  SavedFiles(SavedFiles&&) noexcept;
  ~SavedFiles();

  // Folders beside those that are watched already; again is no fault.
  bool watch(const std::set<std::filesystem::path>& folders, Diagnostics& diags);
  // Blocks. What is saved within 15 ms of the last file counts as one. Nothing: interrupted, or a fault of the machine.
  std::optional<Saved> wait(Diagnostics& diags);

 private:
  struct State;
  explicit SavedFiles(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace handout::cli
