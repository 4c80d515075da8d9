#pragma once

#include <cstddef>
#include <string>

#include "base/diagnostics.h"
#include "xml/places.h"

namespace handout::xml {

// After so many faults of one file the rest are not told: a program, not a person, wrote it.
inline constexpr std::size_t kMostFaults = 500;

// Reports faults of one source by byte offset.
class Faults {
 public:
  Faults(const Places& places, Span file, Diagnostics& diags) : places_(places), file_(std::move(file)), diags_(diags) {}

  void add(std::size_t offset, std::string message, std::string hint = {});
  [[nodiscard]] Span span(std::size_t offset) const;
  [[nodiscard]] bool none() const { return count_ == 0; }
  [[nodiscard]] bool full() const { return count_ >= kMostFaults; }

 private:
  const Places& places_;
  Span file_;
  Diagnostics& diags_;
  std::size_t count_ = 0;
};

}  // namespace handout::xml
