#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace handout {

// An open file of the system, closed at the end; -1: none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(-1); }

  [[nodiscard]] int get() const { return number_; }
  void reset(int number) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }
  // 0 or the error number of close(2), where some file systems say that a disk is full.
  [[nodiscard]] int close() { return ::close(std::exchange(number_, -1)) == 0 ? 0 : errno; }

 private:
  int number_;
};

// Writes all of it, however often that takes. 0 or the error number.
[[nodiscard]] int write_all(int descriptor, std::string_view bytes);

}  // namespace handout
