#pragma once

#include <cstddef>
#include <string_view>

#include "base/sink.h"

namespace handout {

// Counts and forgets.
class CountingSink final : public Sink {
 public:
  bool write(std::string_view bytes) override {
    count_ += bytes.size();
    return true;
  }
  Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error({}, "never"); }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

}  // namespace handout
