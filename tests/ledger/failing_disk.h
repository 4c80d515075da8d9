#pragma once

#include <cstdint>

// A disk below SQLite that fails when told: what is written, synced and cut through it is counted over all files.
namespace handout::test {

enum class Failing : std::uint8_t {
  Nothing,
  Full,     // ENOSPC: from then on nothing can be written
  Write,    // EIO, that once
  Sync,     // EIO, that once
  Crash     // the process ends there, half of what was to be written done
};

// Takes the place of SQLite's own way to files while it lives.
class FailingDisk {
 public:
  FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk();
  // At the n-th operation from now, from 1.
  void fail(Failing how, std::uint64_t at);
  [[nodiscard]] std::uint64_t operations() const;  // since fail() or the start
  [[nodiscard]] bool has_failed() const;
};

}  // namespace handout::test
