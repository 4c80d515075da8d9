#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace handout::images {

// What is wrong in an attribute's value and at which character of it (from 1).
struct ValueFault {
  std::size_t character = 1;
  std::string message;
};

template <typename T>
using Parsed = tl::expected<T, ValueFault>;

// Reads the small grammars inside SVG attributes: numbers, separators, flags, names (SVG 1.1, 4.2 and 8.3.9).
class SvgScanner {
 public:
  explicit SvgScanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }
  // '\0' at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[position_]; }
  [[nodiscard]] bool at_number() const;
  char take() { return text_[position_++]; }
  bool take_if(char wanted);

  void skip_space();
  // White space with at most one comma in it (comma-wsp?). True when there was a comma.
  bool skip_separator();

  // Up to 1e9 either way; nothing, and no step forward, when there is none.
  std::optional<double> number();
  // One character, '0' or '1', which may touch what follows.
  std::optional<bool> flag();
  // Letters; empty when there is none.
  std::string_view word();

  // "expected <what>, found '<the next character>'".
  [[nodiscard]] ValueFault expected(std::string_view what) const;
  [[nodiscard]] ValueFault fault(std::string message) const { return {position_ + 1, std::move(message)}; }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace handout::images
