#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.h"

namespace handout {

// Where the bytes of a file go, in their order.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;
  // False when the machine failed, now or before; nothing is written after that.
  [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
  // Says what failed.
  virtual Diagnostics::Added report(Diagnostics& diags) const = 0;
};

// Into memory.
class StringSink final : public Sink {
 public:
  bool write(std::string_view bytes) override {
    text_ += bytes;
    return true;
  }
  Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error({}, "out of memory"); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace handout
